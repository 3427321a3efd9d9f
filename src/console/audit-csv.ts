/** The audit log as CSV (RFC 4180), for spreadsheets that must not take a cell for a formula. */
import type { AuditLine, AuditStore } from './operators/audit-store.ts';
import { actorName } from './pages/audit-page.tsx';

/** Some at a time: the whole log has tens of thousands of lines. */
const pageLines = 500;

/** The newest first. @throws what the store throws. */
export async function* auditCsv(store: Pick<AuditStore, 'auditPage'>): AsyncGenerator<string> {
  yield row(['when', 'who', 'what', 'about', 'changed']);
  let before: number | undefined;
  do {
    const asked = { limit: pageLines, ...(before === undefined ? {} : { before }) };
    const page = await store.auditPage(asked);
    yield page.lines.map(lineRow).join('');
    before = page.next;
  } while (before !== undefined);
}

const lineRow = ({ at, who, what, about, changed }: AuditLine): string =>
  row([new Date(at).toISOString(), actorName(who), what, about.join(' '), changed]);

const row = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** What begins like a formula is one to a spreadsheet, quoted or not: an apostrophe makes it text. */
const cell = (text: string): string => {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};
