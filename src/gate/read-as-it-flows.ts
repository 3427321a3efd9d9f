/** Reads an answer that can't be waited for while it is sent, and ends it where withheld text begins to show. */

import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { OriginExchange, OriginHead } from '../origin/origin.ts';
import type { HeldArticle, Judgement } from './judge-answer.ts';
import type { Stream } from './stream-through.ts';
import { headerValue } from './treatment.ts';

interface Flow {
  /** Where what was read goes. */
  readonly stream: Stream;
  readonly head: OriginHead;
  readonly origin: () => OriginExchange | undefined;
  readonly judge: (text: string) => Judgement | Promise<Judgement>;
  readonly onFound: (held: readonly HeldArticle[]) => void;
}

/** What was read before is read again with what comes next: a run may be sent in two pieces. */
const overlap = 4_000;

export const readAsItFlows = ({ stream, head, origin, judge, onFound }: Flow): Stream => {
  const reader = createReader(head);
  let before = '';
  let over = false;
  let turn: Promise<void> = Promise.resolve();

  const isWithheld = async (bytes: Uint8Array): Promise<boolean> => {
    const text = before + (await reader.read(bytes));
    before = text.slice(-overlap);
    const judgement = await judge(text);
    if (judgement.kind !== 'cleaned' && judgement.kind !== 'withheld') return false;
    onFound(judgement.held);
    return true;
  };

  const breakOff = (): void => {
    over = true;
    origin()?.abort();
    stream.breakOff();
  };

  /** One after the other: the origin waits meanwhile. */
  const inTurn = (act: () => Promise<void> | void): void => {
    turn = turn
      .then(() => (over ? undefined : act()))
      .catch(() => {
        // What can't be read can't be vouched for.
        if (!over) breakOff();
      });
  };

  return {
    data: (chunk) => {
      inTurn(async () => {
        if (await isWithheld(chunk)) return breakOff();
        if (stream.data(chunk)) origin()?.resume();
      });
      return false;
    },
    end: () => {
      inTurn(() => {
        over = true;
        stream.end();
      });
    },
    breakOff: () => {
      inTurn(() => {
        over = true;
        stream.breakOff();
      });
    },
  };
};

interface Reader {
  read(bytes: Uint8Array): Promise<string>;
}

const createReader = ({ headers }: OriginHead): Reader => {
  const decoder = new TextDecoder(labelOf(headerValue(headers, 'content-type')));
  const unfold = unfolderFor(headerValue(headers, 'content-encoding'));
  if (!unfold) return { read: async (bytes) => decoder.decode(bytes, { stream: true }) };
  let unfolded: Buffer[] = [];
  unfold.on('data', (piece: Buffer) => unfolded.push(piece));
  return {
    read: (bytes) =>
      new Promise((resolve, reject) => {
        unfold.once('error', reject);
        unfold.write(bytes, () => {
          unfold.off('error', reject);
          const text = decoder.decode(Buffer.concat(unfolded), { stream: true });
          unfolded = [];
          resolve(text);
        });
      }),
  };
};

const labelOf = (contentType: string | undefined): string => {
  const label = /;\s*charset\s*=\s*["']?\s*([^\s"';,]+)/i.exec(contentType ?? '')?.[1];
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return 'utf-8';
  }
};

const unfolderFor = (contentEncoding: string | undefined): Transform | undefined => {
  switch (contentEncoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return createInflate();
    default:
      return undefined;
  }
};
