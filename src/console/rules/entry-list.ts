/** A list as people type it into one field: an entry on each line, or between commas, in quotes where it holds a comma. */

/** Commas inside `{a,b}` belong to the entry: path globs are written so. Entries that are empty are left out. */
export const readEntries = (text: string): readonly string[] => {
  const entries: string[] = [];
  // Browsers send a field's line breaks as two characters.
  for (const [found] of text.replaceAll('\r\n', '\n').matchAll(entry)) {
    const trimmed = found.trim();
    const quoted = /^"((?:[^"]|"")*)"$/.exec(trimmed)?.[1];
    const value = quoted === undefined ? trimmed : quoted.replaceAll('""', '"').trim();
    if (value !== '') entries.push(value);
  }
  return entries;
};

/** What `readEntries` reads as the same list. */
export const writeEntries = (entries: readonly string[]): string => entries.map(written).join('\n');

/** A quoted text by itself, or what stands between commas and line breaks. */
const entry = /[^\S\n]*"(?:[^"]|"")*"[^\S\n]*(?=[,\n]|$)|(?:\{[^{}\n]*\}|[^,\n])+/g;

const written = (text: string): string => {
  const [only, ...others] = readEntries(text);
  // A quote at the beginning could find its end in a later entry.
  const isPlain = only === text && others.length === 0 && !text.startsWith('"');
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
};
