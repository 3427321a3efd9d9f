/** One question to the origin over undici's dispatch: passes head, chunks and end on as they are parsed, uncopied. */
import type { Dispatcher } from 'undici';
import type { OriginExchange, OriginReceiver } from './origin.ts';
import { isLostConnection, originFault, type ResponsePhase, waitTimeout } from './origin-faults.ts';
import { rawHead } from './raw-head.ts';

export interface ExchangeTimes {
  /** For a connection to become free or made, in milliseconds. */
  readonly waitMs: number;
  /** How long the receiver may leave the body paused before the origin's connection is given up; 0: for ever. */
  readonly pausedMs: number;
}

/**
 * undici's handler of raw events and the exchange in one object: its newer handler builds an object of parsed headers for each
 * response, loses their order and costs a tenth of the rate.
 */
export class HttpExchange implements OriginExchange, Dispatcher.DispatchHandler {
  private readonly receiver: OriginReceiver;
  private readonly times: ExchangeTimes;
  /** Asks again on a new connection; undefined when that isn't safe, or done. */
  private again: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private phase: ResponsePhase = 'nothing';
  private over = false;
  private paused = false;
  private resumedMeanwhile = false;
  private cut: ((error?: Error) => void) | undefined;
  private flow: (() => void) | undefined;

  constructor(
    receiver: OriginReceiver,
    times: ExchangeTimes,
    again: ((exchange: HttpExchange) => void) | undefined,
  ) {
    this.receiver = receiver;
    this.times = times;
    this.again = again === undefined ? undefined : () => again(this);
    this.awaitConnection();
  }

  resume(): void {
    this.resumedMeanwhile = true;
    if (!this.paused) return;
    this.paused = false;
    this.stopTimer();
    // Never from inside a parser's callback (of any connection): undici's parser isn't re-entrant.
    queueMicrotask(() => {
      if (!this.over && !this.paused) this.flow?.();
    });
  }

  abort(): void {
    if (this.over) return;
    this.finish();
    this.cut?.();
  }

  onConnect(abort: (error?: Error) => void): void {
    if (this.over) {
      abort();
      return;
    }
    this.stopTimer();
    this.cut = abort;
  }

  onResponseStarted(): void {
    this.phase = 'started';
  }

  onHeaders(status: number, headers: Buffer[], resume: () => void): boolean {
    // 103 and its like speak for the origin's own connection; what they announce comes again with the head.
    if (this.over || status < 200) return true;
    this.phase = 'head-given';
    this.flow = resume;
    this.receiver.head({ status, headers: rawHead(headers) });
    // undici waits for the bytes that a 304 may state the length of, and never sends.
    if (status === 304 || status === 204) this.onComplete();
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.over) return true;
    this.resumedMeanwhile = false;
    if (this.receiver.data(chunk) || this.resumedMeanwhile || this.over) return true;
    this.paused = true;
    if (this.times.pausedMs > 0) {
      this.timer = setTimeout(
        () => this.giveUp(new Error('the receiver stopped taking the body')),
        this.times.pausedMs,
      );
    }
    return false;
  }

  onComplete(): void {
    if (this.over) return;
    this.finish();
    this.receiver.end();
  }

  onError(error: Error): void {
    if (this.over) return;
    const { again } = this;
    this.again = undefined;
    if (again !== undefined && this.phase === 'nothing' && isLostConnection(error)) {
      this.cut = undefined;
      this.awaitConnection();
      again();
      return;
    }
    this.giveUp(error);
  }

  private awaitConnection(): void {
    const { waitMs } = this.times;
    this.timer = setTimeout(() => this.giveUp(waitTimeout(waitMs)), waitMs);
  }

  private giveUp(error: Error): void {
    if (this.over) return;
    const { fault, detail } = originFault(error, this.phase);
    this.finish();
    this.cut?.();
    this.receiver.fail(fault, detail);
  }

  private finish(): void {
    this.over = true;
    this.stopTimer();
  }

  private stopTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
