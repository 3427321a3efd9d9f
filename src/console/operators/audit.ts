/** Sees to it that nothing is changed in the console without a line in the audit log. */
import type { AuditedActor, AuditLine, AuditStore, Deed } from './audit-store.ts';
import type { Operator } from './operator.ts';

export interface Audit {
  /** @throws when the log can't be written. */
  note(deed: Noted, now: number): Promise<void>;
  /**
   * Writes the line, then does the work: when the log can't be written, nothing is changed. Where the work fails or
   * comes to nothing, a second line says so.
   *
   * @throws what the work throws, or when the line can't be written.
   */
  carryOut<Result>(deed: Noted, now: number, work: Work<Result>): Promise<Result>;
}

export type Noted = Omit<AuditLine, 'at' | 'about'> & { readonly about?: readonly string[] };

export interface Work<Result> {
  readonly run: () => Promise<Result>;
  /** True: nothing was changed, since things stood otherwise by then. */
  readonly cameToNothing?: (result: Result) => boolean;
}

/** Some 20 MB at most, and no operator's address for longer than a year and a month. */
export const auditLines = 50_000;
export const auditDays = 400;

const maxChanged = 400;
const maxAbout = 12;
const maxId = 200;

interface Options {
  readonly store: AuditStore;
  /** Told of second lines that couldn't be written. */
  readonly report: (error: unknown) => void;
}

export const createAudit = ({ store, report }: Options): Audit => {
  const note: Audit['note'] = (deed, now) =>
    store.appendAudit(lineOf(deed, now), { lines: auditLines, since: now - auditDays * 86_400_000 });
  const add = (deed: Noted, changed: string, now: number): Promise<void> =>
    note({ ...deed, changed }, now).catch(report);
  return {
    note,
    carryOut: async (deed, now, { run, cameToNothing }) => {
      await note(deed, now);
      try {
        const result = await run();
        if (cameToNothing?.(result)) await add(deed, 'came to nothing: it stood otherwise by then', now);
        return result;
      } catch (error) {
        await add(deed, 'failed, and may be done in part: look how it stands', now);
        throw error;
      }
    },
  };
};

export const actorOf = ({ email, via }: Pick<Operator, 'email' | 'via'>): AuditedActor =>
  via.kind === 'token' ? { kind: 'token', name: via.name, email } : { kind: 'operator', email };

const lineOf = ({ who, what, about = [], changed }: Noted, at: number): AuditLine => ({
  at,
  who,
  what: what satisfies Deed,
  about: about.slice(0, maxAbout).map((id) => oneLine(id, maxId)),
  changed: oneLine(changed, maxChanged),
});

/** What somebody typed must not look like a line of its own, nor fill the log. */
const oneLine = (text: string, maxLength: number): string => {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`;
};
