/** JSON in what it is sent in: a guard against being run as a script, a call of a function (JSONP), an assignment. */

export interface JsonEnvelope {
  readonly before: string;
  readonly json: string;
  readonly after: string;
}

/** Undefined for what holds no JSON object or list. */
export const jsonEnvelope = (text: string): JsonEnvelope | undefined => {
  const before = BEFORE.exec(text)?.[0] ?? '';
  const end = endOfJson(text, before.length);
  const json = text.slice(before.length, end);
  return isStructure(json) ? { before, json, after: text.slice(end) } : undefined;
};

/** Comments are short ones: an empty one before a callback keeps old Flash players away. */
const BEFORE = new RegExp(
  [
    /^\ufeff?\s*/,
    /(?:\)\]\}'?,?\s*|(?:while\s*\(1\)|for\s*\(;;\));\s*)?/,
    /(?:\/\*(?:[^*]|\*(?!\/)){0,200}\*\/\s*)?/,
    /(?:typeof\s+[\w$.[\]'"]{1,200}\s*===?\s*['"]function['"]\s*&&\s*)?/,
    /(?:[\w$][\w$.[\]'"]{0,200}\s*\(\s*|(?:export\s+default|(?:(?:var|let|const)\s+)?[\w$][\w$.[\]'"]{0,200}\s*=)\s*)?/,
  ]
    .map(({ source }) => source)
    .join(''),
);

/** Before the closing bracket of a call and a semicolon. */
const endOfJson = (text: string, from: number): number => {
  let end = spaceStart(text, from, text.length);
  if (text[end - 1] === ';') end = spaceStart(text, from, end - 1);
  if (text[end - 1] === ')') end = spaceStart(text, from, end - 1);
  return end;
};

const spaceStart = (text: string, from: number, end: number): number => {
  let at = end;
  while (at > from && /\s/.test(text.charAt(at - 1))) at -= 1;
  return at;
};

const isStructure = (json: string): boolean => {
  if (!/^[[{]/.test(json)) return false;
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
};
