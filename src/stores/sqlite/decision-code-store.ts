/** What the codes on prompts stand for, in SQLite: a put and what gives way to it are one transaction. */
import type { DecisionCodeStore } from '../../gate/decision-code-store.ts';
import { codeKeptMs, maxCodes, parseCodedDecision } from '../decision-code-schema.ts';
import type { Database } from './database.ts';

/** @param onMalformed told of a record that can't be read; it is as if it weren't there. */
export function sqliteDecisionCodeStore(
  database: Database,
  onMalformed: (where: string) => void,
): DecisionCodeStore {
  const put = database.prepare(`
    INSERT INTO decision_codes (code, facts, until) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET facts = excluded.facts, until = excluded.until`);
  const forgetOld = database.prepare('DELETE FROM decision_codes WHERE until <= ?');
  const count = database.prepare<{ codes: number }>('SELECT count(*) AS codes FROM decision_codes');
  const forgetOldest = database.prepare(`
    DELETE FROM decision_codes WHERE code IN (SELECT code FROM decision_codes ORDER BY until, code LIMIT ?)`);
  const find = database.prepare<{ facts: string }>(
    'SELECT facts FROM decision_codes WHERE code = ? AND until > ?',
  );

  return {
    putCodes: async (codes, now) => {
      if (codes.length === 0) return;
      database.transaction('write', () => {
        for (const { code, facts } of codes) put.run(code, JSON.stringify(facts), now + codeKeptMs);
        forgetOld.run(now);
        const many = (count.get()?.codes ?? 0) - maxCodes;
        if (many > 0) forgetOldest.run(many);
      });
    },
    codeFacts: async (code, now) => {
      const row = find.get(code, now);
      if (!row) return undefined;
      const facts = parseCodedDecision(row.facts);
      if (facts === undefined) onMalformed(`decision_codes ${code}`);
      return facts;
    },
  };
}
