/** What a failure of the connection to the origin means to whoever asked. */
import type { OriginFault } from './origin.ts';

/** How far the response had come. */
export type ResponsePhase = 'nothing' | 'started' | 'head-given';

export interface Fault {
  readonly fault: OriginFault;
  /** For the log: an error's code and message, nothing that the client or the origin wrote. */
  readonly detail: string;
}

/**
 * After the head every failure is `broken-off`, a missed body timeout too: nothing else can be said to a client that already has a
 * status.
 */
export function originFault(error: Error, phase: ResponsePhase): Fault {
  const code = codeOf(error);
  return { fault: faultOf(code, phase), detail: code === '' ? error.message : `${code}: ${error.message}` };
}

function faultOf(code: string, phase: ResponsePhase): OriginFault {
  if (phase === 'head-given') return 'broken-off';
  if (TIMEOUTS.has(code)) return 'timeout';
  // A head cut short is no response either.
  if (phase === 'started' || code === 'GATEFOLD_BAD_RESPONSE') return 'bad-response';
  return 'unreachable';
}

const TIMEOUTS: ReadonlySet<string> = new Set([
  ...['GATEFOLD_WAIT_TIMEOUT', 'GATEFOLD_CONNECT_TIMEOUT', 'GATEFOLD_HEAD_TIMEOUT', 'GATEFOLD_BODY_TIMEOUT'],
  'ETIMEDOUT',
]);

/** Whether the connection went away, which for a reused one often means that it was already gone when it was chosen. */
export const isLostConnection = (error: Error): boolean =>
  ['GATEFOLD_CLOSED', 'ECONNRESET', 'EPIPE', 'ECONNABORTED'].includes(codeOf(error));

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
