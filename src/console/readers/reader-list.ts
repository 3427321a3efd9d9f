/** The list of readers, some at a time: in the order of their addresses, all or those that a filter leaves. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { createStorePatience, type StorePatience } from '../../billing/store-patience.ts';
import { type Entitlement, isActive } from '../../entitlements/entitlement.ts';
import type { EntitlementStore } from '../../entitlements/entitlement-store.ts';
import type { ProductId } from '../../policy/policy.ts';
import type { Email, ProvedReader } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';

/** All that are given must hold, now. */
export interface ReaderFilter {
  readonly holds?: ProductId;
  /** `owed`: reads in the grace, with money owed. `comp`: reads by a comp. */
  readonly only?: 'owed' | 'comp';
}

export interface ListedReader extends ProvedReader {
  /** Active now, or later. */
  readonly entitlements: readonly Entitlement[];
  readonly devices: number;
}

export interface ListAsked {
  readonly filter: ReaderFilter;
  readonly startsWith?: string;
  /** Behind this address. */
  readonly after?: Email;
}

export interface ReaderListPage {
  readonly readers: readonly ListedReader[];
  /** How many the filter was tried on. */
  readonly lookedAt: number;
  /** The last that was looked at: the next page begins behind. Absent: there is nobody behind. */
  readonly next?: ProvedReader;
  /** Some of long ago are still being put into the list. */
  readonly gathering?: true;
}

export interface ReaderList {
  /** Rejects when the store can't be asked. @param limit of readers in the answer */
  page(asked: ListAsked, limit: number, now: number): Promise<ReaderListPage>;
  /** All of them, some hundred at a time. Rejects when the store can't be asked. */
  all(asked: ListAsked, now: number): AsyncIterable<readonly ListedReader[]>;
}

interface Options {
  readonly readers: Pick<ReaderStore, 'readersPage' | 'devices'>;
  readonly entitlements: Pick<EntitlementStore, 'of'>;
}

/** A filter that leaves few is tried on no more than this in one request. */
export const mostLookedAt = 5000;

const perStep = 200;

export const createReaderList = (options: Options): ReaderList => ({
  page: async (asked, limit, now) => {
    const found: HeldReader[] = [];
    let [lookedAt, gathering] = [0, false];
    let last: ProvedReader | undefined;
    for await (const step of steps(options, asked, isFiltering(asked.filter) ? perStep : limit)) {
      gathering ||= step.gathering;
      for (const [index, one] of step.held.entries()) {
        lookedAt += 1;
        last = one.reader;
        if (matches(one, asked.filter, now)) found.push(one);
        if (found.length === limit && (index < step.held.length - 1 || step.more))
          return { ...(await counted(options, found, now)), lookedAt, next: last, ...told(gathering) };
      }
      if (lookedAt >= mostLookedAt && last && step.more)
        return { ...(await counted(options, found, now)), lookedAt, next: last, ...told(gathering) };
    }
    return { ...(await counted(options, found, now)), lookedAt, ...told(gathering) };
  },
  all: async function* (asked, now) {
    // Minutes of work, most of it written already: one late answer of the store's must not end it.
    const patiently = createStorePatience({ signal: new AbortController().signal, pauseMs: 200 });
    for await (const { held } of steps(options, asked, perStep, patiently)) {
      const found = held.filter((one) => matches(one, asked.filter, now));
      const { readers } = await patiently(() => counted(options, found, now));
      yield readers;
    }
  },
});

interface HeldReader {
  readonly reader: ProvedReader;
  readonly entitlements: readonly Entitlement[];
}

interface Step {
  readonly held: readonly HeldReader[];
  readonly more: boolean;
  readonly gathering: boolean;
}

async function* steps(
  { readers, entitlements }: Options,
  { startsWith, after: from }: ListAsked,
  limit: number,
  ask: StorePatience = (work) => work(),
): AsyncGenerator<Step> {
  for (let after = from; ; ) {
    const page = await ask(() =>
      readers.readersPage({
        limit,
        ...(startsWith === undefined ? {} : { startsWith }),
        ...(after === undefined ? {} : { after }),
      }),
    );
    const held = await ask(() =>
      Promise.all(
        page.readers.map(async (reader) => ({ reader, entitlements: await entitlements.of(reader.id) })),
      ),
    );
    yield { held, more: page.next !== undefined, gathering: page.gathering === true };
    if (page.next === undefined) return;
    after = page.next;
    // Whoever takes the steps may never wait for anything, and readers' requests would wait for all of them.
    await nextTurn();
  }
}

const isFiltering = ({ holds, only }: ReaderFilter): boolean => holds !== undefined || only !== undefined;

const matches = ({ entitlements }: HeldReader, { holds, only }: ReaderFilter, now: number): boolean => {
  if (holds === undefined && only === undefined) return true;
  return entitlements.some(
    (each) =>
      isActive(each, now) &&
      (holds === undefined || each.product === holds) &&
      (only !== 'owed' || each.paymentDue === true) &&
      (only !== 'comp' || each.source === 'comp'),
  );
};

const counted = async (
  { readers }: Options,
  found: readonly HeldReader[],
  now: number,
): Promise<{ readonly readers: readonly ListedReader[] }> => ({
  readers: await Promise.all(
    found.map(async ({ reader, entitlements }) => ({
      ...reader,
      entitlements: entitlements.filter(({ endsAt }) => now < endsAt),
      devices: (await readers.devices(reader.id)).length,
    })),
  ),
});

const told = (gathering: boolean): { readonly gathering?: true } => (gathering ? { gathering: true } : {});
