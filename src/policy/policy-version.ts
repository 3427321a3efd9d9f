/** The version of a policy: a short hash of what it says, whatever it looks like. */
import { createHash } from 'node:crypto';
import type { Policy, PolicyVersion } from './policy.ts';

/** Equal content, equal version: comments, spacing, the order of keys and defaults written out change nothing. */
export const policyVersion = (content: Omit<Policy, 'version'>): PolicyVersion =>
  createHash('sha256')
    .update(JSON.stringify(content, inKeyOrder))
    .digest('hex')
    .slice(0, 12) as PolicyVersion;

const inKeyOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
