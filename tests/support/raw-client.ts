/** A client that sends exactly what it is told and hands back exactly what it got: no decoding, no following, no tidying of paths. */
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Name, value, name, value …, as sent. */
  readonly rawHeaders: readonly string[];
  /** As it came over the wire. */
  readonly body: Buffer;
  /** The body with its content coding undone. */
  readonly text: string;
  /** False: the connection was cut before the body's end. */
  readonly complete: boolean;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  /** Called with each chunk as it comes. */
  readonly onChunk?: (chunk: Buffer) => void;
}

/** @param site `http://host:port`; @param target sent as it is. */
export const ask = (site: string, target: string, asking: Asking = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(site);
    const headers = Object.fromEntries(
      Object.entries(asking.headers ?? {}).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : [...value],
      ]),
    );
    const outgoing = request(
      { hostname, port, path: target, method: asking.method ?? 'GET', headers, agent: false },
      (incoming) => {
        received(incoming, asking.onChunk).then(resolve, reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(asking.body);
  });

const received = (incoming: IncomingMessage, onChunk?: (chunk: Buffer) => void): Promise<Answer> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const finish = (complete: boolean): void => {
      const body = Buffer.concat(chunks);
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        rawHeaders: incoming.rawHeaders,
        body,
        text: complete ? decoded(body, incoming.headers['content-encoding']) : body.toString(),
        complete,
      });
    };
    incoming.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      onChunk?.(chunk);
    });
    incoming.on('end', () => finish(incoming.complete));
    incoming.on('error', () => finish(false));
  });

const decoded = (body: Buffer, coding: string | undefined): string => {
  if (body.length === 0) return '';
  if (coding === 'gzip') return gunzipSync(body).toString();
  if (coding === 'br') return brotliDecompressSync(body).toString();
  return body.toString();
};

/** `Gatefold-Access`, taken apart. */
export const accessOf = (
  answer: Pick<Answer, 'headers'>,
): { readonly outcome: string; readonly reason: string; readonly left?: number; readonly of?: number } => {
  const header = String(answer.headers['gatefold-access'] ?? 'none; reason=none');
  const [outcome = '', ...rest] = header.split('; ');
  const facts = new Map(rest.map((part) => part.split('=') as [string, string]));
  const left = facts.get('left');
  const of = facts.get('of');
  return {
    outcome,
    reason: facts.get('reason') ?? '',
    ...(left === undefined ? {} : { left: Number(left) }),
    ...(of === undefined ? {} : { of: Number(of) }),
  };
};

/** Somebody with a browser: keeps the cookies of one site, and sends them back. */
export interface Reader {
  readonly jar: Map<string, string>;
  ask(target: string, asking?: Asking): Promise<Answer>;
}

export const readerAt = (site: string, always: Readonly<Record<string, string>> = {}): Reader => {
  const jar = new Map<string, string>();
  return {
    jar,
    ask: async (target, asking = {}) => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await ask(site, target, {
        ...asking,
        headers: { ...always, ...(cookie ? { Cookie: cookie } : {}), ...asking.headers },
      });
      for (const line of answer.headers['set-cookie'] ?? []) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (/Max-Age=0/i.test(line)) jar.delete(name);
        else jar.set(name, value);
      }
      return answer;
    },
  };
};
