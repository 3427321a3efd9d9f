/** One question to the origin, from asking to its end: on one connection, or on a second one where the first was already gone. */
import type { Readable } from 'node:stream';
import type { Connection, Errand } from './http1/connection.ts';
import type { ConnectionPool } from './http1/connection-pool.ts';
import type { RequestHead } from './http1/request-head.ts';
import type { ResponseHead } from './http1/response-head.ts';
import type { OriginExchange, OriginReceiver } from './origin.ts';
import { isLostConnection, originFault, type ResponsePhase } from './origin-faults.ts';

/** Exchange and errand are one object: a question is the most frequent thing there is, and costs no second one. */
export class HttpExchange implements OriginExchange, Errand {
  readonly request: RequestHead;
  readonly body: Readable | undefined;
  isOver = false;
  private readonly pool: ConnectionPool;
  private readonly receiver: OriginReceiver;
  private mayAskAgain: boolean;
  /** A kept connection may be gone already, and what can’t be asked again must not meet that. */
  readonly needsFresh: boolean;
  private phase: ResponsePhase = 'nothing';
  private connection: Connection | undefined;
  private resumedMeanwhile = false;

  constructor(
    pool: ConnectionPool,
    receiver: OriginReceiver,
    request: RequestHead,
    body: Readable | undefined,
  ) {
    this.pool = pool;
    this.receiver = receiver;
    this.request = request;
    this.body = body;
    this.mayAskAgain = body === undefined && REPEATABLE.has(request.method);
    this.needsFresh = !this.mayAskAgain;
  }

  resume(): void {
    this.resumedMeanwhile = true;
    this.connection?.resume();
  }

  abort(): void {
    if (this.isOver) return;
    this.isOver = true;
    if (this.connection === undefined) this.pool.cancel(this);
    else this.connection.drop();
  }

  begun(connection: Connection): void {
    this.connection = connection;
  }

  started(): void {
    this.phase = 'started';
  }

  interim({ status, headers }: ResponseHead): void {
    if (!this.isOver && status === 103) this.receiver.hints?.(headers);
  }

  head({ status, headers }: ResponseHead): void {
    if (this.isOver) return;
    this.phase = 'head-given';
    this.receiver.head({ status, headers });
  }

  data(bytes: Buffer): void {
    if (this.isOver) return;
    this.resumedMeanwhile = false;
    if (this.receiver.data(bytes) || this.resumedMeanwhile || this.isOver) return;
    this.connection?.pause();
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.receiver.end();
  }

  lost(error: Error): void {
    if (this.isOver) return;
    this.connection = undefined;
    if (this.mayAskAgain && this.phase === 'nothing' && isLostConnection(error)) {
      this.mayAskAgain = false;
      this.pool.send(this, true);
      return;
    }
    this.isOver = true;
    const { fault, detail } = originFault(error, this.phase);
    this.receiver.fail(fault, detail);
  }
}

/** What may be carried out twice without harm. A form that was sent once too often is a second order. */
const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
