/** One webhook sent: signed as Stripe signs, and what came back. */
import { createHmac } from 'node:crypto';
import { type Agent, request } from 'node:http';

interface Post {
  readonly url: string;
  readonly body: string;
  readonly secret: string;
  /** Seconds, of the sandbox's clock. */
  readonly signedAt: number;
  readonly agent: Agent;
  readonly signal: AbortSignal;
}

export interface PostResult {
  readonly taken: boolean;
  /** The status, or why there was none. */
  readonly answer: string;
}

const patienceMs = 10_000;

/** Never rejects. */
export const postEvent = ({ url, body, secret, signedAt, agent, signal }: Post): Promise<PostResult> =>
  new Promise((resolve) => {
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'Stripe-Signature': signatureOf(body, secret, signedAt),
      'User-Agent': 'Stripe/1.0 (Gatefold sandbox)',
      Accept: '*/*',
    };
    const failed = (answer: string) => resolve({ taken: false, answer });
    try {
      const sent = request(url, { method: 'POST', headers, agent, signal, timeout: patienceMs }, (res) => {
        const { statusCode = 0 } = res;
        // Taken only once the whole answer is here: a server that dies in its middle may have lost the event.
        res.on('end', () =>
          resolve({ taken: statusCode >= 200 && statusCode < 300, answer: String(statusCode) }),
        );
        res.on('error', () => failed('the answer broke off'));
        res.on('close', () => failed('the answer broke off'));
        res.resume();
      });
      sent.on('timeout', () => sent.destroy(new Error('timed out')));
      sent.on('error', (error: NodeJS.ErrnoException) => failed(error.code ?? error.message));
      sent.end(body);
    } catch (error) {
      failed(error instanceof Error ? error.message : 'not sent');
    }
  });

const signatureOf = (body: string, secret: string, signedAt: number): string => {
  const signature = createHmac('sha256', secret).update(`${signedAt}.${body}`).digest('hex');
  return `t=${signedAt},v1=${signature}`;
};
