/** Pushes an answer to an origin's receiver, waiting whenever the receiver asks it to. */
import { createReadStream } from 'node:fs';
import type { OriginExchange, OriginReceiver } from '../origin.ts';
import type { Answer } from './answer.ts';

const CHUNK_BYTES = 64 * 1024;

/** Asks for the answer and pushes it. `bodyless` for HEAD: the head is the same as GET's. */
export const pushAnswer = (
  answer: () => Promise<Answer>,
  receiver: OriginReceiver,
  bodyless: boolean,
): OriginExchange => {
  const state = { aborted: false, wake: () => {} };
  void push(answer, receiver, bodyless, state);
  return {
    resume: () => state.wake(),
    abort() {
      state.aborted = true;
      state.wake();
    },
  };
};

interface PushState {
  aborted: boolean;
  wake: () => void;
}

async function push(
  answer: () => Promise<Answer>,
  receiver: OriginReceiver,
  bodyless: boolean,
  state: PushState,
): Promise<void> {
  let begun = false;
  try {
    const { status, headers, body } = await answer();
    if (state.aborted) return;
    const length = 'path' in body ? body.end - body.start : body.length;
    begun = true;
    receiver.head({
      status,
      headers: status === 304 ? headers : [...headers, ['Content-Length', String(length)]],
    });
    if (!bodyless && length > 0) await pushBody(body, receiver, state);
    if (!state.aborted) receiver.end();
  } catch (error) {
    if (state.aborted) return;
    receiver.fail(
      begun ? 'broken-off' : 'unreachable',
      error instanceof Error ? error.message : 'the content folder can’t be read',
    );
  }
}

async function pushBody(body: Answer['body'], receiver: OriginReceiver, state: PushState): Promise<void> {
  let sent = 0;
  for await (const chunk of chunksOf(body)) {
    if (state.aborted) return;
    sent += chunk.length;
    // The waker is set before the chunk is handed over: a receiver may resume while it is still being called.
    const resumed = new Promise<void>((resolve) => {
      state.wake = resolve;
    });
    if (!receiver.data(chunk)) await resumed;
  }
  // A file cut short while it was being read must not pass for a whole one.
  if ('path' in body && sent < body.end - body.start && !state.aborted)
    throw new Error('the file became shorter while it was sent');
}

async function* chunksOf(body: Answer['body']): AsyncGenerator<Uint8Array> {
  if ('path' in body) {
    yield* createReadStream(body.path, { start: body.start, end: body.end - 1 }) as AsyncIterable<Uint8Array>;
    return;
  }
  for (let start = 0; start < body.length; start += CHUNK_BYTES)
    yield body.subarray(start, start + CHUNK_BYTES);
}
