/** Tables as CSV (RFC 4180), for spreadsheets that must not take a cell for a formula. */

export type CsvCell = string | number;

/** One line, its end included. */
export const csvRow = (cells: readonly CsvCell[]): string => `${cells.map(cell).join(',')}\r\n`;

/** A whole table. */
export const csvTable = (head: readonly string[], rows: Iterable<readonly CsvCell[]>): string =>
  [head, ...rows].map(csvRow).join('');

/** A table that is no longer than a page, as what sends tables takes it. */
export async function* inOnePiece(table: string): AsyncGenerator<string> {
  yield table;
}

const cell = (value: CsvCell): string => {
  if (typeof value === 'number') return String(value);
  // What begins like a formula is one to a spreadsheet, quoted or not: an apostrophe makes it text.
  const harmless = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};
