/** The sandbox that another process on this machine has open: a server's, for its command line and for a second server. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../ops/clock.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

export interface JoinedSandbox extends Pick<Sandbox, 'apiBase' | 'secretKey' | 'webhookSecret'> {
  /** The other process's time, as of a second ago. */
  readonly now: Clock;
  readonly close: () => void;
}

type Address = Pick<Sandbox, 'apiBase' | 'secretKey' | 'webhookSecret'>;

/** Lets other processes find it. Gives back what takes the notice down. */
export const announceSandbox = (directory: string, sandbox: Address): (() => void) => {
  const { apiBase, secretKey, webhookSecret } = sandbox;
  const text = JSON.stringify({ apiBase, secretKey, webhookSecret });
  mkdirSync(directory, { recursive: true });
  writeFileSync(fileIn(directory), text, { mode: 0o600 });
  return () => {
    // Another process may have opened it since.
    if (readText(directory) === text) rmSync(fileIn(directory), { force: true });
  };
};

/** Undefined: nobody has one open there. */
export const joinSandbox = async (directory: string, realNow: Clock): Promise<JoinedSandbox | undefined> => {
  const address = readAddress(directory);
  if (!address) return undefined;
  let ahead = await timeAhead(address, realNow);
  if (ahead === undefined) return undefined;
  const follow = setInterval(() => {
    void timeAhead(address, realNow).then((found) => {
      ahead = found ?? ahead;
    });
  }, 1_000);
  follow.unref();
  return { ...address, now: () => realNow() + (ahead ?? 0), close: () => clearInterval(follow) };
};

const fileIn = (directory: string): string => join(directory, 'address.json');

const readText = (directory: string): string => {
  try {
    return readFileSync(fileIn(directory), 'utf8');
  } catch {
    return '';
  }
};

const readAddress = (directory: string): Address | undefined => {
  const found = parsed(readText(directory));
  const [apiBase, secretKey, webhookSecret] = [found.apiBase, found.secretKey, found.webhookSecret];
  return typeof apiBase === 'string' && typeof secretKey === 'string' && typeof webhookSecret === 'string'
    ? { apiBase, secretKey, webhookSecret }
    : undefined;
};

/** Milliseconds; undefined: nobody answers there, as after a kill. */
const timeAhead = async ({ apiBase, secretKey }: Address, realNow: Clock): Promise<number | undefined> => {
  try {
    const answer = await fetch(`${apiBase}/sandbox/state`, {
      headers: { Authorization: `Bearer ${secretKey}` },
      signal: AbortSignal.timeout(2_000),
    });
    const { now } = parsed(await answer.text());
    return answer.ok && typeof now === 'number' ? now - realNow() : undefined;
  } catch {
    return undefined;
  }
};

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};
