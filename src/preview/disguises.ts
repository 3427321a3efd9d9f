/** Reads a text through the disguises that copies of articles wear in scripts and attributes. */

/**
 * The text itself, then what it says with JavaScript escapes, character references, percent-encoding and tags undone
 * (in turn, and again for what was encoded twice), and what its base64 runs decode to. Work is bounded.
 */
export function* readings(text: string): Generator<string> {
  yield* unwrapped(text, MAX_NESTED_BASE64, { left: WORK_FACTOR * text.length + MIN_WORK });
}

/** Whether a text can only be read as it stands, which is so of most short ones: pages have them by the hundred thousand. */
export const isPlain = (text: string): boolean =>
  !/[\\&%<+]/.test(text) && (text.length < MIN_BASE64 || !/[A-Za-z0-9/_-]{40}/.test(text));

const MAX_ROUNDS = 3;
const MAX_NESTED_BASE64 = 2;
const WORK_FACTOR = 16;
const MIN_WORK = 100_000;

interface Budget {
  left: number;
}

function* unwrapped(text: string, base64Depth: number, budget: Budget): Generator<string> {
  let current = text;
  yield current;
  yield* base64Contents(current, base64Depth, budget);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = current;
    for (const undo of UNDO) {
      const undone = undo(current);
      if (undone === current) continue;
      budget.left -= undone.length;
      if (budget.left < 0) return;
      current = undone;
      yield current;
    }
    if (current === before) return;
    yield* base64Contents(current, base64Depth, budget);
  }
}

const withoutEscapes = (text: string): string => {
  let next = text.indexOf('\\');
  if (next < 0 || next === text.length - 1) return text;
  const pieces: string[] = [];
  let at = 0;
  while (next >= 0 && next < text.length - 1) {
    if (next > at) pieces.push(text.slice(at, next));
    const { meaning, length } = escapeAt(text, next);
    pieces.push(meaning);
    at = next + length;
    next = text.indexOf('\\', at);
  }
  pieces.push(text.slice(at));
  return pieces.join('');
};

/** Most are one character after the backslash, and scripts have them by the hundred thousand. */
const escapeAt = (text: string, at: number): { meaning: string; length: number } => {
  const letter = text.charAt(at + 1);
  if (/[ux0-7]/i.test(letter)) {
    NUMERIC.lastIndex = at;
    const [whole, point, unit, byte, octal] = NUMERIC.exec(text) ?? [];
    const hex = point ?? unit ?? byte;
    if (whole !== undefined && hex !== undefined)
      return { meaning: fromCode(Number.parseInt(hex, 16)), length: whole.length };
    if (whole !== undefined && octal !== undefined)
      return { meaning: fromCode(Number.parseInt(octal, 8)), length: whole.length };
  }
  if ('nrtfv'.includes(letter)) return { meaning: ' ', length: 2 };
  return { meaning: letter === '\n' ? '' : letter, length: 2 };
};

const NUMERIC = /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([0-7]{3}))/giy;

const withoutReferences = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));?/gi,
        (whole, hex?: string, decimal?: string, name?: string) => {
          if (name !== undefined) return NAMED[name] ?? NAMED[name.toLowerCase()] ?? whole;
          return fromCode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
        },
      )
    : text;

const withoutPercents = (text: string): string =>
  text.includes('%')
    ? text
        .replace(/%u([0-9a-f]{4})/gi, (_, hex: string) => fromCode(Number.parseInt(hex, 16)))
        .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
    : text;

/** In a query `+` is a space; it can only be one where percent-encoding is about. */
const withoutPluses = (text: string): string =>
  text.includes('+') && !/\s/.test(text) ? text.replaceAll('+', ' ') : text;

const withoutTags = (text: string): string =>
  text.includes('<') ? text.replace(/<[a-z/!?][^<>]*>/gi, '') : text;

const UNDO = [withoutEscapes, withoutReferences, withoutPercents, withoutTags, withoutPluses];

const fromCode = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** Enough of the names to read through: an unknown one interrupts a run, and copies are longer than one run. */
const NAMED: Readonly<Record<string, string | undefined>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '\u00ad',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  middot: '·',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  agrave: 'à',
  aacute: 'á',
  acirc: 'â',
  ccedil: 'ç',
  ocirc: 'ô',
  ucirc: 'û',
  icirc: 'î',
  ntilde: 'ñ',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
  ugrave: 'ù',
  Eacute: 'É',
  euro: '€',
  pound: '£',
  deg: '°',
  sect: '§',
  copy: '©',
};

/** Both alphabets, wherever a run begins: what stands before it may look like base64 too. */
function* base64Contents(text: string, depth: number, budget: Budget): Generator<string> {
  if (depth === 0 || text.length < MIN_BASE64) return;
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{40,}/g)) {
    for (let shift = 0; shift < 4; shift += 1) {
      budget.left -= run.length / 16;
      if (budget.left < 0) return;
      const aligned = run.slice(shift);
      if (!looksLikeText(aligned)) continue;
      budget.left -= aligned.length;
      yield* unwrapped(Buffer.from(aligned, 'base64').toString('utf8'), depth - 1, budget);
    }
  }
}

const MIN_BASE64 = 40;
const SAMPLE = 64;

/** Pictures and hashes are base64 too; decoding them all four ways would cost more than everything else together. */
const looksLikeText = (run: string): boolean => {
  const middle = (run.length >> 3) << 2;
  return [0, middle, Math.max(0, ((run.length - SAMPLE) >> 2) << 2)].some((at) => {
    const bytes = Buffer.from(run.slice(at, at + SAMPLE), 'base64');
    let strange = 0;
    for (const byte of bytes)
      if ((byte < 0x20 && byte !== 0 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 0x7f)
        strange += 1;
    return strange * 12 <= bytes.length && (bytes.every((byte) => byte < 0x80) || fewReplacements(bytes));
  });
};

const fewReplacements = (bytes: Buffer): boolean => {
  const decoded = bytes.toString('utf8');
  return (decoded.match(/\ufffd/g) ?? []).length * 8 <= decoded.length;
};
