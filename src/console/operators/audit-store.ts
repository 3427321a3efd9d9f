/** The port to the audit log: lines are added and read, and only grow too many or too old. */
import type { Email } from '../../readers/reader.ts';
import type { Action } from './may.ts';

export interface AuditLine {
  readonly at: number;
  readonly who: AuditedActor;
  readonly what: Deed;
  /** Ids of what it was done to: versions, entitlements, devices, tokens; an operator's address, never a reader's. */
  readonly about: readonly string[];
  /** In a few words, without secrets and without readers' addresses. */
  readonly changed: string;
}

export type AuditedActor =
  | { readonly kind: 'operator'; readonly email: Email }
  /** With the address of whoever made it. */
  | { readonly kind: 'token'; readonly name: string; readonly email: Email }
  /** Nobody in the console: somebody with a hand on the machine. */
  | { readonly kind: 'machine'; readonly by: 'command' | 'policy-file' | 'schedule' };

/** What an action is, and what is none but belongs in the log. */
export type Deed = Action | 'sign-in' | 'sign-out';

export interface AuditStore {
  /** One after the other for all instances, whatever their clocks say. */
  appendAudit(line: AuditLine, keep: AuditBounds): Promise<void>;
  /** The newest first. */
  auditPage(asked: AuditPageAsked): Promise<AuditPage>;
}

/** What is beyond goes as something is added, the oldest first. */
export interface AuditBounds {
  readonly lines: number;
  /** What is older goes. */
  readonly since: number;
}

export interface AuditPageAsked {
  readonly limit: number;
  /** `next` of the page before; absent: from the newest on. */
  readonly before?: number;
}

export interface AuditPage {
  readonly lines: readonly AuditLine[];
  /** Absent: there is nothing older. */
  readonly next?: number;
}
