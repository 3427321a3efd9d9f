/** Puts a kept version together again, and makes sure of a desk before anything is built on it. */
import type { Desk, Head } from '../policy/versions/desk.ts';
import { emptyDesk } from '../policy/versions/desk.ts';
import type { PublishedVersion } from '../policy/versions/version.ts';
import { parseDesk, parseHead, parseSummary, parseText } from './version-schema.ts';

/** Undefined when either isn't what was written. */
export const versionFrom = (summaryJson: string, textJson: string): PublishedVersion | undefined => {
  const [summary, text] = [parseSummary(summaryJson), parseText(textJson)];
  return summary === undefined || text === undefined ? undefined : { ...summary, text };
};

/** @throws Error when it isn't a desk: taken for an empty one, its versions would be numbered from 1 again. */
export const deskFrom = (json: string | undefined, where: string): Desk => {
  if (json === undefined) return emptyDesk;
  const desk = parseDesk(json);
  if (desk === undefined) throw unreadable(where);
  return desk;
};

/** @throws Error when it isn't a head. */
export const headFrom = (json: string | undefined, where: string): Head => {
  if (json === undefined) return {};
  const head = parseHead(json);
  if (head === undefined) throw unreadable(where);
  return head;
};

const unreadable = (where: string): Error =>
  new Error(`The record of the policy's versions, ${where}, is not what Gatefold writes: restore it.`);
