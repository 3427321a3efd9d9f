/** A form's body, up to a bound. */
import type { IncomingMessage } from 'node:http';

/** The largest form holds an address, a name, a card and an event's id. */
const maxBytes = 16_384;

export type FormReading =
  | { readonly kind: 'form'; readonly form: URLSearchParams }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'not-a-form' }
  /** Its sender is gone. */
  | { readonly kind: 'broken-off' };

/** Never rejects. What is too large is let go by. */
export const readForm = (request: IncomingMessage): Promise<FormReading> => {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return Promise.resolve({ kind: 'not-a-form' });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes)
    return Promise.resolve({ kind: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else resolve({ kind: 'too-large' });
    });
    request.on('end', () =>
      resolve({ kind: 'form', form: new URLSearchParams(Buffer.concat(chunks).toString()) }),
    );
    request.on('error', () => resolve({ kind: 'broken-off' }));
    request.on('close', () => resolve({ kind: 'broken-off' }));
  });
};
