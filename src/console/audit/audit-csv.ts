/** The audit log as CSV. */

import type { AuditLine, AuditStore } from '../operators/audit-store.ts';
import { csvRow } from '../shell/csv.ts';
import { actorName } from './audit-page.tsx';

/** Some at a time: the whole log has tens of thousands of lines. */
const pageLines = 500;

/** The newest first. @throws what the store throws. */
export async function* auditCsv(store: Pick<AuditStore, 'auditPage'>): AsyncGenerator<string> {
  yield csvRow(['when', 'who', 'what', 'about', 'changed']);
  let before: number | undefined;
  do {
    const asked = { limit: pageLines, ...(before === undefined ? {} : { before }) };
    const page = await store.auditPage(asked);
    yield page.lines.map(lineRow).join('');
    before = page.next;
  } while (before !== undefined);
}

const lineRow = ({ at, who, what, about, changed }: AuditLine): string =>
  csvRow([new Date(at).toISOString(), actorName(who), what, about.join(' '), changed]);
