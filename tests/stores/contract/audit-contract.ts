/** What every store guarantees of the audit log. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuditLine, AuditStore } from '../../../src/console/operators/audit-store.ts';
import type { Email } from '../../../src/readers/reader.ts';
import { noon } from './meter-asks.ts';
import { auditLine } from './operators.ts';
import { instancesOf, type StoreUnderTest } from './store-under-test.ts';

const keepAll = { lines: 1_000_000, since: 0 };

export function auditContract(name: string, store: () => StoreUnderTest): void {
  describe(`the audit log in ${name}`, () => {
    const instances = instancesOf(store);
    let here: AuditStore;
    let there: AuditStore;
    beforeAll(async () => {
      const [one, other] = await Promise.all([instances.open(), instances.open()]);
      here = one.audit;
      there = other.audit;
    });
    afterAll(instances.closeAll);

    const all = async (limit: number): Promise<AuditLine[]> => {
      const lines: AuditLine[] = [];
      for (let before: number | undefined; ; ) {
        const page = await there.auditPage({ limit, ...(before === undefined ? {} : { before }) });
        lines.push(...page.lines);
        if (page.next === undefined) return lines;
        before = page.next;
      }
    };

    test('gives back every kind of line as it was written, the newest first, whoever’s clock is ahead', async () => {
      const email = 'ada@desk.example' as Email;
      const lines: AuditLine[] = [
        auditLine('one', { at: noon + 5000, about: [] }),
        auditLine('two', { at: noon, who: { kind: 'token', name: 'deploy: “paper”', email } }),
        auditLine('three', { at: noon + 2000, who: { kind: 'machine', by: 'policy-file' }, what: 'sign-in' }),
        auditLine('1:2:{"x"}\u2028 ünd', { about: ['a:b', '{}', ''] }),
      ];
      for (const [n, line] of lines.entries()) await (n % 2 ? here : there).appendAudit(line, keepAll);
      expect((await here.auditPage({ limit: 4 })).lines).toEqual(lines.toReversed());
    });

    test('keeps all of 100 lines written at once by two instances, and pages through each once', async () => {
      const names = Array.from({ length: 100 }, (_, n) => `at once ${n}`);
      await Promise.all(
        names.map((changed, n) => (n % 2 ? here : there).appendAudit(auditLine(changed), keepAll)),
      );
      for (const limit of [1, 7, 100, 1000]) {
        const read = (await all(limit)).map(({ changed }) => changed);
        expect(read.slice(0, 100).toSorted()).toEqual(names.toSorted());
      }
    });

    test('goes on paging where it was while new lines come', async () => {
      for (let n = 0; n < 6; n += 1) await here.appendAudit(auditLine(`paged ${n}`), keepAll);
      const first = await there.auditPage({ limit: 2 });
      await here.appendAudit(auditLine('meanwhile'), keepAll);
      const second = await there.auditPage({ limit: 2, before: first.next! });
      expect([...first.lines, ...second.lines].map(({ changed }) => changed)).toEqual([
        'paged 5',
        'paged 4',
        'paged 3',
        'paged 2',
      ]);
    });

    test('is bounded: by lines, then by age, from the old end only, and never loses the newest', async () => {
      for (let n = 0; n < 12; n += 1)
        await here.appendAudit(auditLine(`kept ${n}`, { at: noon + n }), { lines: 10, since: 0 });
      expect((await all(100)).map(({ changed }) => changed)).toEqual(
        Array.from({ length: 10 }, (_, n) => `kept ${11 - n}`),
      );
      await there.appendAudit(auditLine('young', { at: noon + 20 }), { lines: 10, since: noon + 8 });
      expect((await all(100)).map(({ changed }) => changed)).toEqual([
        'young',
        'kept 11',
        'kept 10',
        'kept 9',
        'kept 8',
      ]);
      await here.appendAudit(auditLine('alone', { at: noon }), { lines: 10, since: noon + 99 });
      expect((await all(100)).map(({ changed }) => changed)).toEqual(['alone']);
      await here.appendAudit(auditLine('next', { at: noon + 100 }), { lines: 10, since: noon });
      expect((await all(1)).map(({ changed }) => changed)).toEqual(['next', 'alone']);
    });
  });
}
