/** Calls of a running Gatefold's management API, for commands that change what only it may change. */
import type { ApiFault } from '../console/draft/policy-schema.ts';

export interface ConsoleClient {
  /** @throws ConsoleRefusal, or Error when it can't be reached or is no Gatefold. */
  ask<Answer>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
}

/** What the API answers instead of what was asked for; its message says what to do. */
export class ConsoleRefusal extends Error {
  override readonly name = 'ConsoleRefusal';
  readonly code: string;
  readonly more: RefusalMore;

  constructor(code: string, detail: string, more: RefusalMore) {
    super(detail);
    this.code = code;
    this.more = more;
  }
}

export interface RefusalMore {
  readonly faults?: readonly ApiFault[];
  /** So many more aren't named. */
  readonly moreFaults?: number;
  readonly newest?: { readonly number: number; readonly author: string };
  readonly now?: { readonly author?: string; readonly how?: string };
}

interface Options {
  /** Where the console is; as in CONSOLE_URL. */
  readonly url: string;
  /** An API token: `gfo_…`. */
  readonly token: string;
  readonly fetch: typeof fetch;
}

/** A policy of a mebibyte is checked in less than a second. */
const patienceMs = 30_000;

/** @throws Error when the address is none. */
export const createConsoleClient = ({ url, token, fetch }: Options): ConsoleClient => {
  const base = new URL('/-/console/api/v1', siteOf(url)).href;
  return {
    ask: async (method, path, body) => {
      const answer = await fetch(`${base}${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // The token is for this address, and for no other that it might send to.
        redirect: 'manual',
        signal: AbortSignal.timeout(patienceMs),
      }).catch((error: unknown) => {
        throw new Error(`${url} can’t be reached: ${reasonOf(error)}. Is Gatefold running there?`);
      });
      const told: unknown = await answer.json().catch(() => undefined);
      if (answer.ok && told !== undefined) return told as never;
      throw (
        refusalOf(told) ??
        new Error(
          `${url} answers with ${answer.status} and isn’t Gatefold’s console: CONSOLE_URL says where that is.`,
        )
      );
    },
  };
};

const siteOf = (url: string): URL => {
  const site = URL.canParse(url) ? new URL(url) : undefined;
  if (site === undefined || !/^https?:$/.test(site.protocol))
    throw new Error(`“${url}” is no address: write CONSOLE_URL, such as https://console.example.com.`);
  return site;
};

/** Node says “fetch failed”, and why in the cause. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
};

const refusalOf = (told: unknown): ConsoleRefusal | undefined => {
  const { error } = (told ?? {}) as { error?: { code?: unknown; detail?: unknown } & RefusalMore };
  if (typeof error?.code !== 'string' || typeof error.detail !== 'string') return undefined;
  return new ConsoleRefusal(error.code, error.detail, error);
};
