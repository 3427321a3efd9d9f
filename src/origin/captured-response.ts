/** One `ServerResponse` whose writing methods are taken over while the host application answers. */
import type { ServerResponse } from 'node:http';
import type { ClientResponse } from './client-response.ts';
import type { HostCapture } from './host-capture.ts';
import { type HeadArguments, headOf } from './host-head.ts';
import type { OriginReceiver } from './origin.ts';
import { pastCapture, type RealMethods } from './past-capture.ts';

/**
 * - `open`: the host hasn't given its head. `taken`: chunks go to the receiver. `over`: ended, aborted or broken off; what the host
 *   still writes is dropped. `through`: the host's calls are passed on.
 */
type State = 'open' | 'taken' | 'over' | 'through';

export class CapturedResponse implements HostCapture {
  readonly client: ClientResponse;
  private readonly res: ServerResponse;
  private readonly real: RealMethods;
  private readonly isHead: boolean;
  private readonly receiver: OriginReceiver;
  private state: State = 'open';
  private bodiless = false;
  private hostEnded = false;
  private waiting = false;
  /** The head comes of a `write` or `end`, whose original will send it, with the length that it then knows. */
  private implied = false;
  /** The gate is writing: the same methods, called by Node or by middleware around us, do their own work. */
  private passing = false;

  constructor(res: ServerResponse, isHead: boolean, receiverOf: (capture: HostCapture) => OriginReceiver) {
    this.res = res;
    this.isHead = isHead;
    const { writeHead, write, end, flushHeaders, setHeader, appendHeader, removeHeader } = res;
    this.real = { writeHead, write, end, flushHeaders, setHeader, appendHeader, removeHeader };
    this.client = pastCapture(res, this.real, (act) => this.actingForGate(act));
    this.receiver = receiverOf(this);
  }

  letThrough(): void {
    if (this.state === 'open') this.state = 'through';
  }

  resume(): void {
    if (!this.waiting) return;
    this.waiting = false;
    queueMicrotask(() => this.res.emit('drain'));
  }

  abort(): void {
    if (this.state === 'through') return;
    this.state = 'over';
    // A host that streams waits for room it needn't wait for.
    this.resume();
  }

  install(): void {
    const { res } = this;
    const instead = <Name extends keyof RealMethods>(
      name: Name,
      handle: (...args: never[]) => unknown,
    ): void => {
      const original = this.real[name] as (...args: unknown[]) => unknown;
      const method = (...args: unknown[]): unknown =>
        this.passing || this.state === 'through'
          ? original.apply(res, args)
          : (handle as (...args: unknown[]) => unknown)(...args);
      Object.defineProperty(res, name, {
        value: method,
        writable: true,
        configurable: true,
        enumerable: false,
      });
    };
    instead('writeHead', (...args: HeadArguments) => this.onWriteHead(args));
    instead('flushHeaders', () => this.onFlush());
    instead('write', (chunk: unknown, encoding?: unknown, done?: unknown) =>
      this.onWrite(chunk, encoding, done),
    );
    instead('end', (chunk?: unknown, encoding?: unknown, done?: unknown) =>
      this.onEnd(chunk, encoding, done),
    );
    for (const name of ['setHeader', 'appendHeader', 'removeHeader'] as const) {
      instead(name, (...args: never[]) => this.onHeader(name, args));
    }
    this.show('headersSent', () => this.state !== 'open');
    this.show('writableEnded', () => this.hostEnded);
    res.on('close', () => this.onClose());
  }

  /** `headersSent` and `writableEnded` as the host should see them: finalhandler, send and `pipe` go by them. */
  private show(name: 'headersSent' | 'writableEnded', seen: () => boolean): void {
    const { res } = this;
    const prototype = Object.getPrototypeOf(res);
    Object.defineProperty(res, name, {
      get: () => (this.passing || this.state === 'through' ? Reflect.get(prototype, name, res) : seen()),
      configurable: true,
      enumerable: false,
    });
  }

  private onWriteHead(args: HeadArguments): unknown {
    if (this.state !== 'open') return this.res;
    this.takeHead(args);
    return this.isThrough() && !this.implied
      ? this.real.writeHead.apply(this.res, args as Parameters<ServerResponse['writeHead']>)
      : this.res;
  }

  private onFlush(): void {
    if (this.state === 'open') this.implicitHead();
    if (this.isThrough()) this.real.flushHeaders.call(this.res);
  }

  private onWrite(chunk: unknown, encoding: unknown, done: unknown): unknown {
    if (this.state === 'open') this.implicitHead();
    if (this.isThrough()) return Reflect.apply(this.real.write, this.res, [chunk, encoding, done]);
    const written = typeof encoding === 'function' ? encoding : done;
    if (typeof written === 'function') process.nextTick(() => written());
    return this.pass(chunk, encoding);
  }

  private onEnd(chunk: unknown, encoding: unknown, done: unknown): unknown {
    if (this.state === 'open') this.implicitHead();
    if (this.isThrough()) return Reflect.apply(this.real.end, this.res, [chunk, encoding, done]);
    const callback = [chunk, encoding, done].find((argument) => typeof argument === 'function');
    if (callback !== undefined) this.res.once('finish', callback as () => void);
    if (this.hostEnded) return this.res;
    if (typeof chunk !== 'function') this.pass(chunk, encoding);
    this.hostEnded = true;
    if (this.state === 'taken') {
      this.state = 'over';
      this.receiver.end();
    }
    return this.res;
  }

  private onHeader(name: 'setHeader' | 'appendHeader' | 'removeHeader', args: unknown[]): unknown {
    if (this.state === 'open') return Reflect.apply(this.real[name], this.res, args);
    throw Object.assign(new Error('Headers can’t be changed once the response has begun'), {
      code: 'ERR_HTTP_HEADERS_SENT',
    });
  }

  private onClose(): void {
    if (this.state !== 'open' && this.state !== 'taken') return;
    this.state = 'over';
    this.receiver.fail('broken-off', 'the connection closed before the host application had answered');
  }

  /** Through `writeHead` as it is now, since middleware after ours may have wrapped it to add its headers. */
  private implicitHead(): void {
    this.implied = true;
    try {
      this.res.writeHead(this.res.statusCode);
    } finally {
      this.implied = false;
    }
    if (this.state === 'open') this.takeHead([this.res.statusCode]);
  }

  private takeHead(args: HeadArguments): void {
    const head = headOf(this.res, args);
    this.bodiless = this.isHead || head.status === 204 || head.status === 304;
    this.receiver.head(head);
    if (this.state === 'open') this.state = 'taken';
  }

  private pass(chunk: unknown, encoding: unknown): boolean {
    const bytes = bytesOf(chunk, encoding);
    if (bytes === undefined || this.state !== 'taken' || this.bodiless || this.hostEnded) return true;
    // Set first: the receiver may resume from inside `data`.
    this.waiting = true;
    const more = this.receiver.data(bytes);
    if (more) this.waiting = false;
    return more;
  }

  private actingForGate<Result>(act: () => Result): Result {
    const before = this.passing;
    this.passing = true;
    try {
      return act();
    } finally {
      this.passing = before;
    }
  }

  private isThrough(): boolean {
    return this.state === 'through';
  }
}

function bytesOf(chunk: unknown, encoding: unknown): Uint8Array | undefined {
  if (typeof chunk === 'string') {
    return chunk === ''
      ? undefined
      : Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  }
  return chunk instanceof Uint8Array && chunk.byteLength > 0 ? chunk : undefined;
}
