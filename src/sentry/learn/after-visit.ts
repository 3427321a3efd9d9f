/** What is to be kept of an address once somebody was there, and when to look again. */
import type { LearntAddress } from './learn-store.ts';
import type { Visit } from './visit.ts';

export interface AfterVisit {
  readonly now: number;
  /** How often the site is looked at; 0: everything each time. */
  readonly everyMs: number;
  readonly readBy: string;
}

/** Undefined: it is gone for good. */
export const afterVisit = (
  address: LearntAddress,
  visit: Visit,
  { now, everyMs, readBy }: AfterVisit,
): LearntAddress | undefined => {
  const { target, depth, statedAt } = address;
  const told = {
    target,
    ...(depth === undefined ? {} : { depth }),
    ...(statedAt === undefined ? {} : { statedAt }),
  };
  switch (visit.kind) {
    case 'unchanged': {
      const { failures: _, goneSince: __, ...kept } = address;
      return { ...kept, visitedAt: now, nextAt: now + restMs(address.changedAt, now, everyMs) };
    }
    case 'article': {
      // Its first text is as old as the article says; a new one is new.
      const changedAt =
        address.kind === 'article' && visit.learnt ? now : (visit.changedAt ?? address.changedAt ?? now);
      return {
        ...told,
        kind: 'article',
        ...(visit.article === undefined ? {} : { article: visit.article }),
        ...(visit.validators === undefined ? {} : { validators: visit.validators }),
        visitedAt: now,
        changedAt,
        nextAt: now + restMs(changedAt, now, everyMs),
        readBy,
      };
    }
    case 'page':
    case 'list': {
      const changedAt = visit.kind === 'page' ? (visit.changedAt ?? now) : now;
      return {
        ...told,
        kind: visit.kind,
        ...(visit.validators === undefined ? {} : { validators: visit.validators }),
        visitedAt: now,
        changedAt,
        nextAt: now + restMs(changedAt, now, everyMs),
        readBy,
      };
    }
    case 'other':
      if (address.kind === 'list') return gone(address, told, now, everyMs);
      // A refusal or a fault of the origin's takes nothing back that was known.
      return address.article === undefined
        ? { ...told, kind: 'other', visitedAt: now, nextAt: now + Math.max(everyMs, dayMs), readBy }
        : { ...address, visitedAt: now, nextAt: now + Math.max(everyMs, dayMs) };
    case 'moved':
    case 'gone':
      return gone(address, told, now, everyMs);
    case 'busy':
    case 'failed': {
      const failures = (address.failures ?? 0) + 1;
      return {
        ...address,
        failures,
        nextAt: now + Math.min(dayMs, everyMs * 2 ** Math.min(failures - 1, 10)),
      };
    }
    default:
      return visit satisfies never;
  }
};

const dayMs = 86_400_000;
const longestRestMs = 7 * dayMs;

/** What changed an hour ago may change again; what hasn't for a year, hardly. */
const restMs = (changedAt: number | undefined, now: number, everyMs: number): number =>
  Math.max(everyMs, Math.min(longestRestMs, everyMs === 0 ? 0 : (now - (changedAt ?? now)) / 10));

/** A deployment or a mistake takes pages away for minutes; a text that was known stays so, until it is surely gone. */
export const forgetAfterMs = 3 * dayMs;
/** Dead addresses that lists go on naming are kept in mind so that they aren't asked for each time, and not for ever. */
const dropAfterMs = 30 * dayMs;

const gone = (
  address: LearntAddress,
  told: Pick<LearntAddress, 'target' | 'depth' | 'statedAt'>,
  now: number,
  everyMs: number,
): LearntAddress | undefined => {
  const { goneSince = now, article } = address;
  const since = { goneSince, visitedAt: now };
  if (article !== undefined && now - goneSince < forgetAfterMs)
    return {
      ...told,
      kind: 'gone',
      article,
      ...since,
      nextAt: now + Math.min(dayMs, Math.max(everyMs, hourMs)),
    };
  if (now - goneSince >= dropAfterMs) return undefined;
  // Of lists there are few, and one that comes into being names everything.
  if (address.kind === 'list') return { ...told, kind: 'list', ...since };
  return { ...told, kind: 'other', ...since, nextAt: now + Math.max(everyMs, dayMs) };
};

const hourMs = 3_600_000;
