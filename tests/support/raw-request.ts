/** One request exactly as written, and all that came back for it: what `fetch` would tidy up is left as it is. */
import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import zlib from 'node:zlib';
import { patienceMs } from './patience.ts';

export interface Asked {
  readonly method?: string;
  /** Sent as it is: not normalised, not encoded. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Names and values, as sent, one header a line. */
  readonly headerText: string;
  /** After every content coding, which a broken or partial body only gets as far as it goes. */
  readonly body: Buffer;
}

export interface Client {
  ask(asked: Asked): Promise<Answered>;
  close(): void;
}

export const createClient = (site: string, maxSockets = 6): Client => {
  const { hostname, port } = new URL(site);
  const agent = new Agent({ keepAlive: true, maxSockets });
  return {
    ask: (asked) => send(asked, { hostname, port, agent }),
    close: () => agent.destroy(),
  };
};

const send = (
  { method = 'GET', path, headers = {}, body }: Asked,
  to: { hostname: string; port: string; agent: Agent },
): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const sent = request({ ...to, method, path, headers, timeout: patienceMs }, (response) => {
      const chunks: Buffer[] = [];
      const finish = (): void => {
        const { rawHeaders, rawTrailers, statusCode = 0 } = response;
        resolve({
          status: statusCode,
          headers: response.headers,
          headerText: linesOf([...rawHeaders, ...rawTrailers]),
          body: decoded(Buffer.concat(chunks), response.headers['content-encoding']),
        });
      };
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      // What came before a connection broke has been sent as well.
      response.once('close', finish);
      response.once('error', () => undefined);
    });
    sent.once('timeout', () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
    sent.once('error', reject);
    sent.end(body);
  });

const linesOf = (raw: readonly string[]): string => {
  const lines: string[] = [];
  for (let at = 0; at < raw.length; at += 2) lines.push(`${raw[at]}: ${raw[at + 1]}`);
  return lines.join('\n');
};

/** @throws Error for a coding that can't be undone here: what can't be looked into can't be found clean. */
const decoded = (body: Buffer, codings = ''): Buffer => {
  const names = codings
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  return names.reduceRight((bytes, name) => {
    if (bytes.length === 0) return bytes;
    const undo = decoders[name];
    if (!undo) throw new Error(`the answer is in the coding “${name}”, which this scanner can't undo`);
    return undo(bytes);
  }, body);
};

const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = zlib.constants;
const partial = { finishFlush: Z_SYNC_FLUSH };

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => zlib.gunzipSync(bytes, partial),
  'x-gzip': (bytes) => zlib.gunzipSync(bytes, partial),
  deflate: (bytes) => zlib.inflateSync(bytes, partial),
  br: (bytes) => zlib.brotliDecompressSync(bytes, { finishFlush: BROTLI_OPERATION_FLUSH }),
};
