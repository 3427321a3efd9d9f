/** Asks the sandbox's pages the way a browser would, and keeps what came back. */
import { request } from 'node:http';

export interface Asked {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

interface Ask {
  readonly method?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** With `form`: a POST from one of our own pages. Redirects aren't followed. */
export const ask = (url: string, path: string, { method, form, body, headers }: Ask = {}): Promise<Asked> =>
  new Promise((resolve, reject) => {
    const sent = body ?? (form && new URLSearchParams(form).toString());
    const own =
      sent === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin: url };
    const { port } = new URL(url);
    const asking = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: method ?? (sent === undefined ? 'GET' : 'POST'),
        headers: { ...own, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    asking.on('error', reject);
    asking.end(sent);
  });

export const testCard = { payment: 'card', card: '4242424242424242', expiry: '12 / 34', cvc: '123' };
