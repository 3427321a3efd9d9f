/** One page of the audit log, from lines that were asked for with one more than it holds. */
import type { AuditLine, AuditPage } from '../console/operators/audit-store.ts';
import { parseAuditLine } from './operator-schema.ts';

interface NumberedLine {
  readonly number: number;
  readonly line: string;
}

/** @param onMalformed told the number of a line that can't be read; it is passed over. */
export function pageOf(
  found: readonly NumberedLine[],
  limit: number,
  onMalformed: (number: number) => void,
): AuditPage {
  const shown = found.slice(0, limit);
  const lines = shown.flatMap(({ number, line }): AuditLine | readonly AuditLine[] => {
    const read = parseAuditLine(line);
    if (read === undefined) onMalformed(number);
    return read ?? [];
  });
  const last = shown.at(-1);
  return found.length > limit && last ? { lines, next: last.number } : { lines };
}
