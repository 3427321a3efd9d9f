/** Stripe's customers in Redis: each step is one script on keys of one slot. */
import type { CustomerHolders, CustomerRecord, CustomerStore } from '../../billing/customer-store.ts';
import type { CustomerId } from '../../billing/subscription.ts';
import type { ReaderId } from '../../readers/reader.ts';
import { parseState, stateJson } from '../customer-schema.ts';
import type { RedisConnection } from './connect.ts';
import { redisCustomerIndex } from './customer-index.ts';
import {
  assignScript,
  drawTicketScript,
  forgetScript,
  manageScript,
  markSweptScript,
  passOnScript,
  putStateScript,
} from './customer-scripts.ts';
import { customerKey, customerParts, customersBesideKey, customersOfPartKey, ticketKey } from './keys.ts';
import { redisReconcileRecords } from './reconcile-records.ts';

const recordsPerPage = 300;
const sweptTogether = 100;

/** @param onMalformed told the key of a customer whose state can't be read; it counts as never read. */
export function redisCustomerStore(
  redis: RedisConnection,
  onMalformed: (where: string) => void,
): CustomerStore {
  const index = redisCustomerIndex(redis);

  const customer: CustomerStore['customer'] = async (id) => {
    const fields = await redis.ask((client) => client.hgetall(customerKey(id)));
    return recordFrom(id, fields, () => onMalformed(customerKey(id)));
  };

  const present = async (ids: readonly CustomerId[]): Promise<CustomerRecord[]> =>
    (await Promise.all(ids.map(customer))).filter((record) => record !== undefined);

  const holdersNow = (id: CustomerId) => async (): Promise<ReadonlySet<ReaderId>> =>
    holdersIn(await redis.ask((client) => client.hmget(customerKey(id), 'owner', 'payer')));

  /** `work` answers whose it was before. */
  const change = async (
    id: CustomerId,
    holders: ReadonlySet<ReaderId>,
    work: () => Promise<unknown>,
  ): Promise<Partial<CustomerHolders>> => {
    await index.enter(holders, id);
    const [owner, payer, managed] = (await work()) as readonly string[];
    await index.enter(holders, id);
    // The new ones' entries too: somebody may have assigned or forgotten it since.
    await index.drop(new Set([...holdersIn([owner, payer]), ...holders]), id, holdersNow(id));
    return {
      ...(owner ? { owner: owner as ReaderId } : {}),
      ...(payer ? { payer: payer as ReaderId } : {}),
      ...(managed ? { managed: true } : {}),
    };
  };

  const markSwept = async (id: CustomerId, run: string): Promise<void> => {
    const holders = await redis.run(markSweptScript, [customerKey(id)], [run]);
    // A failover may have kept the customer and lost its entry in the reader's list, which lies in another slot.
    await index.mend(holdersIn(holders as readonly string[]), id);
  };

  return {
    customer,
    customersOf: async (reader) =>
      (await present(await index.candidates(reader))).filter(
        ({ owner, payer }) => owner === reader || payer === reader,
      ),
    assign: (id, { owner, payer, managed }) =>
      change(id, holdersIn([owner, payer]), () =>
        redis.run(
          assignScript,
          [customerKey(id), customersBesideKey(id)],
          [id, owner, payer ?? '', managed && payer !== undefined ? '1' : ''],
        ),
      ),
    manage: async (id, owner) => (await redis.run(manageScript, [customerKey(id)], [owner])) === 1,
    passOn: (id, from, to) =>
      change(id, holdersIn([to]), () => redis.run(passOnScript, [customerKey(id)], [from, to])),
    forget: async (id) => {
      const answer = await redis.run(forgetScript, [customerKey(id), customersBesideKey(id)], [id]);
      await index.drop(holdersIn(answer as readonly string[]), id, holdersNow(id));
    },
    drawTicket: async (id, above = 0) =>
      Number(await redis.run(drawTicketScript, [ticketKey(id), customerKey(id)], [above])),
    putState: async (id, ticket, state, readAt) =>
      (await redis.run(putStateScript, [customerKey(id)], [ticket, stateJson(state), readAt])) === 1,
    markSwept: async (ids, run) => {
      for (let at = 0; at < ids.length; at += sweptTogether)
        await Promise.all(ids.slice(at, at + sweptTogether).map((id) => markSwept(id, run)));
    },
    all: async function* () {
      for (let part = 0; part < customerParts; part += 1) {
        for await (const ids of pagesOf(redis, part)) {
          const records = await present(ids);
          if (records.length > 0) yield records;
        }
      }
    },
    ...redisReconcileRecords(redis, onMalformed),
  };
}

/** By names and not by a cursor, so that a failover in between leaves nobody out. */
async function* pagesOf(redis: RedisConnection, part: number): AsyncIterable<CustomerId[]> {
  const key = customersOfPartKey(part);
  for (let after = '-'; ; ) {
    const ids = await redis.ask((client) => client.zrangebylex(key, after, '+', 'LIMIT', 0, recordsPerPage));
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids as CustomerId[];
    after = `(${last}`;
  }
}

const holdersIn = (names: readonly (string | null | undefined)[]): ReadonlySet<ReaderId> =>
  new Set(names.flatMap((name) => (name ? [name as ReaderId] : [])));

function recordFrom(
  id: CustomerId,
  fields: Readonly<Record<string, string>>,
  onMalformed: () => void,
): CustomerRecord | undefined {
  const { owner, payer, managed, sweptBy } = fields;
  if (!owner) return undefined;
  const read = readingIn(fields);
  if (read === undefined) onMalformed();
  return {
    id,
    owner: owner as ReaderId,
    ...(payer ? { payer: payer as ReaderId } : {}),
    ...(managed ? { managed: true } : {}),
    ...(read ?? neverRead),
    ...(sweptBy ? { sweptBy } : {}),
  };
}

const neverRead = { readAt: 0 } as const;

/** Undefined: not what was written there. */
function readingIn({
  state: json,
  readAt,
}: Readonly<Record<string, string>>): Pick<CustomerRecord, 'state' | 'readAt'> | undefined {
  if (json === undefined) return neverRead;
  const state = parseState(json);
  const moment = Number(readAt);
  return state && Number.isSafeInteger(moment) ? { state, readAt: moment } : undefined;
}
