/** The connections to one origin: kept while they may be used again, bounded in number, and never used before their last answer is known to be over. */
import { Connection, type ConnectionTimes, type Errand, type OpenSocket } from './connection.ts';
import { connectionError } from './connection-error.ts';

export interface PoolOptions {
  readonly open: OpenSocket;
  readonly times: ConnectionTimes & {
    /** For a free connection, in milliseconds. */
    readonly waitMs: number;
  };
  readonly maxConnections: number;
  readonly maxHeadBytes: number;
}

export interface ConnectionPool {
  /** `fresh`: on a connection that carried nothing before. */
  send(errand: Errand, fresh: boolean): void;
  /** For an errand that is over before it was begun. */
  cancel(errand: Errand): void;
  /** Lets what is under way end for `closeMs`; whatever is left then is lost. */
  close(closeMs: number): Promise<void>;
}

interface Waiting {
  readonly errand: Errand;
  readonly fresh: boolean;
  readonly until: number;
}

const TICK_MS = 100;

export function createConnectionPool({
  open,
  times,
  maxConnections,
  maxHeadBytes,
}: PoolOptions): ConnectionPool {
  const all = new Set<Connection>();
  /** Last used, last in: the others grow old and are closed. */
  const idle: Connection[] = [];
  /** Free since this turn of the event loop: what the origin sent too much would show in the next. */
  let settling: Connection[] = [];
  const queue: Waiting[] = [];
  let now = 0;
  let ticking: NodeJS.Timeout | undefined;
  let closed: { readonly resolve: () => void } | undefined;
  let stopped = false;

  const owner = {
    get now() {
      return now;
    },
    onFree: (connection: Connection): void => {
      if (settling.length === 0) setImmediate(settle);
      settling.push(connection);
    },
    onClosed: (connection: Connection): void => {
      all.delete(connection);
      remove(idle, connection);
      serveQueue();
      finishClosing();
    },
  };

  const settle = (): void => {
    const free = settling;
    settling = [];
    for (const connection of free) {
      if (!connection.isOpen) {
        connection.close(undefined);
        continue;
      }
      const [next] = queue;
      if (next === undefined && !stopped) idle.push(connection);
      else if (next === undefined || next.fresh) connection.close(undefined);
      else {
        queue.shift();
        connection.serve(next.errand);
      }
    }
  };

  const connect = (errand: Errand): void => {
    tickOn();
    all.add(new Connection(open, owner, times, maxHeadBytes, errand));
  };

  const serveQueue = (): void => {
    while (queue.length > 0 && all.size < maxConnections) {
      const next = queue.shift();
      if (next !== undefined) connect(next.errand);
    }
  };

  const takeIdle = (): Connection | undefined => {
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      if (last.isOpen) return last;
      last.close(undefined);
    }
    return undefined;
  };

  const tickOn = (): void => {
    ticking ??= setInterval(tick, TICK_MS).unref();
  };

  const tick = (): void => {
    now += TICK_MS;
    for (const connection of all) connection.tick();
    while ((queue[0]?.until ?? Number.POSITIVE_INFINITY) <= now) {
      queue
        .shift()
        ?.errand.lost(
          connectionError(
            'GATEFOLD_WAIT_TIMEOUT',
            `no free connection to the origin within ${times.waitMs} ms`,
          ),
        );
    }
    if (all.size > 0 || queue.length > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };

  const finishClosing = (): void => {
    if (stopped && all.size === 0 && queue.length === 0) closed?.resolve();
  };

  return {
    send: (errand, fresh) => {
      if (stopped) return errand.lost(connectionError('GATEFOLD_STOPPED', 'the gate is stopping'));
      const kept = fresh ? undefined : takeIdle();
      if (kept !== undefined) return kept.serve(errand);
      if (fresh && all.size >= maxConnections) idle[0]?.close(undefined);
      if (all.size < maxConnections) return connect(errand);
      tickOn();
      queue.push({ errand, fresh, until: now + times.waitMs });
    },
    cancel: (errand) => {
      const at = queue.findIndex((waiting) => waiting.errand === errand);
      if (at >= 0) queue.splice(at, 1);
      finishClosing();
    },
    close: async (closeMs) => {
      stopped = true;
      const over = new Promise<void>((resolve) => {
        closed = { resolve };
      });
      for (const connection of idle.splice(0)) connection.close(undefined);
      finishClosing();
      const timer = setTimeout(() => {
        const error = connectionError('GATEFOLD_STOPPED', 'the gate is stopping');
        for (const { errand } of queue.splice(0)) errand.lost(error);
        for (const connection of all) connection.close(error);
        finishClosing();
      }, closeMs);
      await over;
      clearTimeout(timer);
      clearInterval(ticking);
    },
  };
}

function remove(list: Connection[], one: Connection): void {
  const at = list.indexOf(one);
  if (at >= 0) list.splice(at, 1);
}
