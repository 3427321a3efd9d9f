/** Comparing pictures, and making them small to be kept, in a thread beside the tests. */
import { Worker } from 'node:worker_threads';
import type { Comparison } from './compare-pictures.ts';

export type PictureTask =
  | { readonly kind: 'compare'; readonly reference: Uint8Array; readonly seen: Uint8Array }
  | { readonly kind: 'small'; readonly picture: Uint8Array };

export interface Pictures {
  compare(reference: Uint8Array, seen: Uint8Array): Promise<Comparison>;
  /** In few shades, as references are kept. */
  small(picture: Uint8Array): Promise<Uint8Array>;
  stop(): Promise<unknown>;
}

export const openPictures = (): Pictures => {
  const registration = new URL('../support/register-typescript.js', import.meta.url).href;
  const worker = new Worker(new URL('./pictures-thread.ts', import.meta.url), {
    execArgv: ['--import', registration],
  });
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: unknown) => void }>();
  let last = 0;
  worker.on('message', ({ id, result }: { id: number; result: never }) => {
    waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  worker.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  const done = <Result>(task: PictureTask): Promise<Result> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      worker.postMessage({ id: last, task });
    });
  return {
    compare: (reference, seen) => done({ kind: 'compare', reference, seen }),
    small: (picture) => done({ kind: 'small', picture }),
    stop: () => worker.terminate(),
  };
};
