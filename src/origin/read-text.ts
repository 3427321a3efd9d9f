/** A body as text, read in the encoding that a browser would read it in. */

/**
 * `undecodable`: the encoding that the response names is one that browsers refuse to read (ISO-2022-KR, say). A name that is
 * none (`utf8mb4`) says nothing, as in browsers (WHATWG Encoding, "get an encoding"). Stray bytes become U+FFFD, as they do in browsers. A byte order mark is dropped.
 *
 * Order, as browsers have it: byte order mark, `charset` in `contentType`, then what the text says itself (`<meta charset>`,
 * `<?xml encoding?>`), then UTF-8 if it is valid UTF-8, else windows-1252; JSON is UTF-8.
 *
 * The text is served again as UTF-8 under `asUtf8Type(contentType)`. That header outranks `<meta charset>` in every browser, so the
 * page keeps its meta as it was. Feed readers may trust `<?xml encoding?>` over the header, so that one is rewritten here, unless
 * it says UTF-8 in its own way.
 */
export function readText(body: Uint8Array, contentType: string | undefined): string | 'undecodable' {
  const type = (contentType ?? '').toLowerCase();
  const isXml = /^[^;]*[/+]xml\b/.test(type);
  const label = markedEncoding(body) ?? named(charsetOf(type)) ?? named(ownEncoding(body, type, isXml));
  const text = label === undefined ? guessed(body) : decoded(body, label);
  if (text === undefined) return 'undecodable';
  return isXml ? text.replace(/^(<\?xml[^>]*?\sencoding\s*=\s*["'])(?!utf-8["'])[^"']*/i, '$1utf-8') : text;
}

/** `contentType` with its charset replaced by UTF-8, other parameters kept. */
export function asUtf8Type(contentType: string): string {
  const parts = contentType.split(';').map((part) => part.trim());
  const others = parts.slice(1).filter((part) => part !== '' && !/^charset\s*=/i.test(part));
  return [parts[0], ...others, 'charset=utf-8'].join('; ');
}

/** Undefined: no encoding has that name. */
const named = (label: string | undefined): string | undefined =>
  label !== undefined && (REFUSED.has(label) || isEncoding(label)) ? label : undefined;

/**
 * Of the encoding that browsers call "replacement" (shown as one sign, whatever it says), one of their own that isn't known
 * here, and UTF-7, which they take for no encoding while other programs still read it.
 */
const REFUSED: ReadonlySet<string> = new Set(
  'replacement csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr x-user-defined utf-7'.split(
    ' ',
  ),
);

const isEncoding = (label: string): boolean => {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
};

function markedEncoding(body: Uint8Array): string | undefined {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  return undefined;
}

function charsetOf(type: string): string | undefined {
  return /;\s*charset\s*=\s*(?:["']\s*)?([^\s"';,]+)/.exec(type)?.[1];
}

/** What the first kilobyte says of its own encoding. An ASCII-readable UTF-16 declaration can't be true: it means UTF-8. */
function ownEncoding(body: Uint8Array, type: string, isXml: boolean): string | undefined {
  if (/^[^;]*[/+]json\b/.test(type)) return 'utf-8';
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 1024)).toString('latin1');
  const label = isXml
    ? /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)/i.exec(start)?.[1]
    : /<meta\s[^>]*?charset\s*=\s*(?:["']\s*)?([^\s"'/>;]+)/i.exec(
        start.replace(/<!--[\s\S]*?(?:-->|$)/g, ''),
      )?.[1];
  return label !== undefined && /^utf-?16/i.test(label) ? 'utf-8' : label?.toLowerCase();
}

function guessed(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return decoded(body, 'windows-1252');
  }
}

function decoded(body: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return undefined;
  }
}
