/** One connection to the origin: carries one request at a time, and tells whoever asked what becomes of it. */
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Framing } from './body-framing.ts';
import { connectionError } from './connection-error.ts';
import type { RequestHead } from './request-head.ts';
import type { ResponseHead } from './response-head.ts';
import { createResponseReader, type Progress } from './response-reader.ts';
import { sendBody, type Upload } from './send-body.ts';

/** What a connection carries for somebody. After `end` or `lost` nothing more is told. */
export interface Errand {
  readonly request: RequestHead;
  readonly body: Readable | undefined;
  /** Nobody waits for it any more. */
  readonly isOver: boolean;
  /** The connection is made, and the request about to be sent. */
  begun(connection: Connection): void;
  /** The first byte of an answer has come. */
  started(): void;
  interim(head: ResponseHead): void;
  head(head: ResponseHead): void;
  data(bytes: Buffer): void;
  end(): void;
  lost(error: Error): void;
}

/** All in milliseconds. */
export interface ConnectionTimes {
  readonly connectMs: number;
  readonly headMs: number;
  readonly bodyIdleMs: number;
  readonly pausedMs: number;
  /** How long it is kept without a request, where the origin says nothing. */
  readonly idleMs: number;
}

interface Owner {
  readonly now: number;
  /** It may carry another request. */
  onFree(connection: Connection): void;
  onClosed(connection: Connection): void;
}

export type OpenSocket = (onRead: (bytes: Buffer) => void) => { socket: Socket; readyEvent: string };

export class Connection {
  private readonly socket: Socket;
  private readonly owner: Owner;
  private readonly times: ConnectionTimes;
  private readonly reader;
  private errand: Errand | undefined;
  private upload: Upload | undefined;
  private framing: Framing | undefined;
  private state: 'connecting' | 'idle' | 'busy' | 'closed' = 'connecting';
  private paused = false;
  private hasStarted = false;
  private deadline: number;
  /** What ended it, while the socket hasn't said that it is closed. */
  private cause: Error | undefined;

  /** Goes on `errand` as soon as it is made. */
  constructor(open: OpenSocket, owner: Owner, times: ConnectionTimes, maxHeadBytes: number, errand: Errand) {
    this.owner = owner;
    this.times = times;
    this.reader = createResponseReader(maxHeadBytes);
    this.errand = errand;
    this.deadline = owner.now + times.connectMs;
    const { socket, readyEvent } = open((bytes) => this.onRead(bytes));
    this.socket = socket;
    socket.once(readyEvent, () => this.onReady());
    socket.on('error', (error) => this.close(error));
    socket.on('end', () => this.onEnd());
    socket.on('close', () => this.onClose());
  }

  get isOpen(): boolean {
    return this.state === 'idle' && this.socket.writable;
  }

  serve(errand: Errand): void {
    const { socket } = this;
    this.state = 'busy';
    this.errand = errand;
    this.framing = undefined;
    this.hasStarted = false;
    this.deadline = this.owner.now + this.times.headMs;
    this.reader.begin(errand.request.method, {
      interim: (head) => this.errand?.interim(head),
      head: (head, framing) => {
        this.framing = framing;
        this.errand?.head(head);
      },
      data: (bytes) => this.errand?.data(bytes),
    });
    socket.ref();
    errand.begun(this);
    if (this.errand !== errand) return;
    socket.write(errand.request.text, 'latin1');
    if (errand.body === undefined) return;
    this.upload = sendBody(errand.body, socket, errand.request.length, {
      onEnd: () => {
        this.upload = undefined;
        if (!this.hasStarted) this.deadline = this.owner.now + this.times.headMs;
      },
      onBroken: (detail) => this.close(connectionError('GATEFOLD_UPLOAD_BROKEN', detail)),
    });
  }

  /** Only the socket is: what was read before is still told. */
  pause(): void {
    if (this.paused || this.errand === undefined) return;
    this.paused = true;
    this.socket.pause();
    this.deadline = this.times.pausedMs > 0 ? this.owner.now + this.times.pausedMs : Number.POSITIVE_INFINITY;
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.deadline = this.afterBytes();
    this.socket.resume();
  }

  /** Whoever asked wants no answer any more. */
  drop(): void {
    this.errand = undefined;
    this.close(undefined);
  }

  close(cause: Error | undefined): void {
    if (this.state === 'closed') return;
    this.cause ??= cause;
    this.state = 'closed';
    this.upload?.stop();
    this.upload = undefined;
    this.socket.destroy();
    const { errand } = this;
    this.errand = undefined;
    this.owner.onClosed(this);
    errand?.lost(this.cause ?? connectionError('GATEFOLD_CLOSED', 'the connection was closed'));
  }

  /** Called a few times a second. */
  tick(): void {
    if (this.owner.now < this.deadline || this.state === 'closed') return;
    if (this.upload?.waitsForSource === true && !this.hasStarted) return;
    this.close(this.state === 'idle' ? undefined : this.timeout());
  }

  private timeout(): Error {
    if (this.state === 'connecting')
      return connectionError('GATEFOLD_CONNECT_TIMEOUT', `no connection within ${this.times.connectMs} ms`);
    if (this.paused)
      return connectionError('GATEFOLD_PAUSED_TIMEOUT', 'the receiver stopped taking the body');
    return this.framing === undefined
      ? connectionError('GATEFOLD_HEAD_TIMEOUT', `no response within ${this.times.headMs} ms`)
      : connectionError('GATEFOLD_BODY_TIMEOUT', `no byte of the body for ${this.times.bodyIdleMs} ms`);
  }

  private onReady(): void {
    if (this.state === 'closed') return;
    const { errand } = this;
    if (errand === undefined || errand.isOver) {
      this.errand = undefined;
      this.rest();
    } else this.serve(errand);
  }

  private onRead(bytes: Buffer): void {
    if (this.state === 'closed') return;
    // Bytes that nobody asked for would be taken for the answer to the next request, another reader's.
    if (this.state !== 'busy') {
      this.close(undefined);
      return;
    }
    try {
      if (!this.hasStarted) {
        this.hasStarted = true;
        this.errand?.started();
      }
      this.heed(this.reader.feed(bytes));
    } catch (error) {
      // Whoever asked threw: that costs this exchange and no other.
      this.close(error instanceof Error ? error : new Error('the receiver failed'));
    }
  }

  private afterBytes(): number {
    const { bodyIdleMs, headMs } = this.times;
    const ms = this.framing === undefined ? headMs : bodyIdleMs;
    return ms > 0 ? this.owner.now + ms : Number.POSITIVE_INFINITY;
  }

  private heed(progress: Progress): void {
    if (progress === 'more') {
      if (!this.paused) this.deadline = this.afterBytes();
    } else if (progress === 'complete') this.complete(this.framing?.keepsConnection === true);
    else if (progress === 'overrun') this.complete(false);
    else this.close(connectionError('GATEFOLD_BAD_RESPONSE', progress.problem));
  }

  private complete(mayKeep: boolean): void {
    const { errand } = this;
    this.errand = undefined;
    // Some servers leave a body unread that they expect none of, and take it for the next request: its answer would be the
    // next reader's. To ask them to close would have those that answer early drop the answer with the upload.
    if (mayKeep && errand?.body === undefined && this.state === 'busy') this.rest();
    else this.close(undefined);
    errand?.end();
  }

  private rest(): void {
    this.state = 'idle';
    if (this.paused) {
      this.paused = false;
      this.socket.resume();
    }
    const told = this.framing?.keepAliveSeconds;
    // A second early: a request that meets the origin's own clock is lost.
    const idleMs = told === undefined ? this.times.idleMs : Math.min(told * 1_000 - 1_000, MAX_IDLE_MS);
    if (idleMs <= 0) {
      this.close(undefined);
      return;
    }
    this.deadline = this.owner.now + idleMs;
    this.socket.unref();
    this.owner.onFree(this);
  }

  private onEnd(): void {
    if (this.state === 'busy' && this.hasStarted && this.reader.finish() === 'complete') {
      this.complete(false);
      return;
    }
    this.close(connectionError('GATEFOLD_CLOSED', 'the origin closed the connection'));
  }

  private onClose(): void {
    this.close(connectionError('GATEFOLD_CLOSED', 'the connection was closed'));
  }
}

const MAX_IDLE_MS = 600_000;
