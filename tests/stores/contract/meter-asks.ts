/** Asks for tests, with everything filled in that a test doesn't care about. */
import { randomUUID } from 'node:crypto';
import type { ArticleId } from '../../../src/article/article.ts';
import type { MeterAsk, MeterSubject } from '../../../src/meter/meter-store.ts';
import { windowAt } from '../../../src/meter/window.ts';
import type { MeterId, WindowRule } from '../../../src/policy/policy.ts';

export const noon = Date.parse('2026-11-23T12:00:00Z');
export const dayMs = 86_400_000;

export const article = (name: string | number): ArticleId => `/articles/${name}` as ArticleId;

/** Nobody else's, so that tests can share a server. */
export const freshSubject = (): { subject: MeterSubject; slot: string } => {
  const slot = randomUUID();
  return { subject: `v:${slot}.visitor` as MeterSubject, slot };
};

interface AskParts extends Partial<Omit<MeterAsk, 'window'>> {
  readonly rule?: WindowRule;
}

export function askOf({ rule = { kind: 'month' }, ...parts }: AskParts): MeterAsk {
  const now = parts.now ?? noon;
  return {
    meter: 'monthly' as MeterId,
    ...freshSubject(),
    article: article('one'),
    allowance: 3,
    charge: true,
    ...parts,
    now,
    window: windowAt(rule, 'Europe/Berlin', now),
  };
}
