/** Which content codings may be asked of the origin, so that what comes back can be read. */

/** The client's `Accept-Encoding` without the codings that `decodeBody` doesn't know (zstd, dcb…); `identity` when none is left. */
export function decodableEncodings(acceptEncoding: string): string {
  const kept: string[] = [];
  for (const part of acceptEncoding.split(',')) {
    const [coding = '', ...parameters] = part.split(';');
    const name = coding.trim().toLowerCase();
    if (parameters.some((parameter) => /^\s*q\s*=\s*0(?:\.0*)?\s*$/i.test(parameter))) continue;
    if (DECODABLE.has(name)) kept.push(part.trim());
    else if (name === '*') kept.push('gzip');
  }
  return kept.length === 0 ? 'identity' : kept.join(', ');
}

const DECODABLE: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'br', 'deflate', 'identity']);
