/** Opens the stores that the settings name: Redis where there is one, else the embedded file. */
import type { CustomerStore } from '../billing/customer-store.ts';
import type { AuditStore } from '../console/operators/audit-store.ts';
import type { OperatorStore } from '../console/operators/operator-store.ts';
import type { EntitlementStore } from '../entitlements/entitlement-store.ts';
import type { DecisionCodeStore } from '../gate/decision-code-store.ts';
import type { PurgeStore } from '../gate/purge-store.ts';
import type { DecisionLogStore } from '../insight/decision-log-store.ts';
import type { InsightStore } from '../insight/insight-store.ts';
import type { MeterStore } from '../meter/meter-store.ts';
import type { VersionStore } from '../policy/versions/version-store.ts';
import type { ReaderStore } from '../readers/reader-store.ts';
import type { KnownArticleStore } from '../sentry/known-article-store.ts';
import type { LearnStore } from '../sentry/learn/learn-store.ts';
import { redisAuditStore } from './redis/audit-store.ts';
import { connectRedis } from './redis/connect.ts';
import { redisCustomerStore } from './redis/customer-store.ts';
import { redisDecisionCodeStore } from './redis/decision-code-store.ts';
import { redisDecisionLogStore } from './redis/decision-log-store.ts';
import { redisEntitlementStore } from './redis/entitlement-store.ts';
import { redisInsightStore } from './redis/insight-store.ts';
import { redisKnownArticleStore } from './redis/known-article-store.ts';
import { redisLearnStore } from './redis/learn-store.ts';
import { redisMeterStore } from './redis/meter-store.ts';
import { redisOperatorStore } from './redis/operator-store.ts';
import { redisPurgeStore } from './redis/purge-store.ts';
import { redisReaderStore } from './redis/reader-store.ts';
import { redisVersionStore } from './redis/version-store.ts';
import { sqliteAuditStore } from './sqlite/audit-store.ts';
import { sqliteCustomerStore } from './sqlite/customer-store.ts';
import { sqliteDecisionCodeStore } from './sqlite/decision-code-store.ts';
import { sqliteDecisionLogStore } from './sqlite/decision-log-store.ts';
import { sqliteEntitlementStore } from './sqlite/entitlement-store.ts';
import { sqliteInsightStore } from './sqlite/insight-store.ts';
import { sqliteKnownArticleStore } from './sqlite/known-article-store.ts';
import { sqliteLearnStore } from './sqlite/learn-store.ts';
import { sqliteMeterStore } from './sqlite/meter-store.ts';
import { openDatabase } from './sqlite/open-database.ts';
import { sqliteOperatorStore } from './sqlite/operator-store.ts';
import { sqlitePurgeStore } from './sqlite/purge-store.ts';
import { sqliteReaderStore } from './sqlite/reader-store.ts';
import { watchRevision } from './sqlite/revision.ts';
import { sqliteVersionStore } from './sqlite/version-store.ts';

export interface Stores {
  readonly kind: 'sqlite' | 'redis' | 'redis-cluster' | 'redis-sentinel';
  readonly meters: MeterStore;
  readonly readers: ReaderStore;
  readonly entitlements: EntitlementStore;
  readonly customers: CustomerStore;
  readonly operators: OperatorStore;
  readonly audit: AuditStore;
  readonly versions: VersionStore;
  readonly decisionLog: DecisionLogStore;
  readonly insight: InsightStore;
  readonly decisionCodes: DecisionCodeStore;
  readonly knownArticles: KnownArticleStore;
  readonly learning: LearnStore;
  readonly purges: PurgeStore;
  /** What a rate limiter counts in, for all instances together; absent in the embedded store, where there is one. */
  readonly limitClient?: unknown;
  /** Resolves when the store answers; rejects within 500 ms when it doesn't. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  /** Absent: the embedded store in `dataDir`. */
  readonly redisUrl?: string;
  readonly dataDir: string;
  /** Told, in sentences, of what an operator should look at; never of secrets or readers' data. */
  readonly warn: (message: string) => void;
}

/** @throws Error when the URL has no known form or the data directory can't be used. A Redis that is down is only warned of. */
export const openStores = ({ redisUrl, dataDir, warn }: Options): Promise<Stores> =>
  redisUrl === undefined ? openSqlite(dataDir, warn) : openRedis(redisUrl, warn);

async function openRedis(url: string, warn: (message: string) => void): Promise<Stores> {
  const redis = await connectRedis(url, warn);
  const onMalformed = (where: string): void =>
    warn(`A record in Redis is not what Gatefold writes and was skipped: ${where}`);
  return {
    kind: redis.kind === 'single' ? 'redis' : `redis-${redis.kind}`,
    meters: redisMeterStore(redis),
    readers: redisReaderStore(redis, onMalformed),
    entitlements: redisEntitlementStore(redis, onMalformed),
    customers: redisCustomerStore(redis, onMalformed),
    operators: redisOperatorStore(redis, onMalformed),
    audit: redisAuditStore(redis, onMalformed),
    versions: redisVersionStore(redis, onMalformed),
    decisionLog: redisDecisionLogStore(redis),
    insight: redisInsightStore(redis),
    decisionCodes: redisDecisionCodeStore(redis, onMalformed),
    knownArticles: redisKnownArticleStore(redis, onMalformed),
    learning: redisLearnStore(redis, onMalformed),
    purges: redisPurgeStore(redis),
    limitClient: redis.client,
    ping: async () =>
      void (await Promise.all(redis.masters().map((master) => redis.ask(() => master.ping())))),
    close: redis.close,
  };
}

async function openSqlite(dataDir: string, warn: (message: string) => void): Promise<Stores> {
  const database = openDatabase(dataDir);
  const onMalformed = (where: string): void =>
    warn(`A record in gatefold.db is not what Gatefold writes and was skipped: ${where}`);
  const revision = watchRevision(database);
  const meters = sqliteMeterStore(database);
  const ping = database.prepare('SELECT 1');
  return {
    kind: 'sqlite',
    meters,
    readers: sqliteReaderStore(database, revision),
    entitlements: sqliteEntitlementStore(database, revision),
    customers: sqliteCustomerStore(database, onMalformed),
    operators: sqliteOperatorStore(database),
    audit: sqliteAuditStore(database, onMalformed),
    versions: sqliteVersionStore(database, revision, onMalformed),
    decisionLog: sqliteDecisionLogStore(database),
    insight: sqliteInsightStore(database),
    decisionCodes: sqliteDecisionCodeStore(database, onMalformed),
    knownArticles: sqliteKnownArticleStore(database, onMalformed),
    learning: sqliteLearnStore(database, onMalformed),
    purges: sqlitePurgeStore(database),
    ping: async () => void ping.get(),
    close: async () => {
      meters.flush();
      database.close();
    },
  };
}
