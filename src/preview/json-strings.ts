/** Finds the string literals in JSON source, so that single ones can be blanked and the rest keep their bytes. */

export interface JsonString {
  readonly start: number;
  /** Just after the closing quote. */
  readonly end: number;
  readonly value: string;
  readonly isKey: boolean;
}

/** Works on anything that looks like JSON; a literal that isn't closed runs to the end. Never throws. */
export function* jsonStrings(source: string, from = 0): Generator<JsonString> {
  for (let start = source.indexOf('"', from); start >= 0; ) {
    const end = literalEnd(source, start);
    yield {
      start,
      end,
      value: literalValue(source.slice(start, end)),
      isKey: isColonNext(source, end),
    };
    start = source.indexOf('"', end);
  }
}

const literalEnd = (source: string, start: number): number => {
  for (let at = start + 1; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at + 1;
  }
  return source.length;
};

const isColonNext = (source: string, from: number): boolean => {
  for (let at = from; at < from + MAX_SPACE; at += 1) {
    const code = source.charCodeAt(at);
    if (code === COLON) return true;
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return false;
  }
  return false;
};

const MAX_SPACE = 20;
const COLON = 0x3a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const literalValue = (literal: string): string => {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal.slice(1, -1);
  }
};
