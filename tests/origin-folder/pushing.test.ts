/** How answers reach a receiver: in order, no faster than it wants, and not at all after it has gone. */
import { afterAll, expect, test } from '@jest/globals';
import type { OriginExchange, OriginReceiver } from '../../src/origin/origin.ts';
import { article, clearFolders, folderWith, open } from './support.ts';

afterAll(clearFolders);

const large = await folderWith({
  'a.md': article('Words and more words. '.repeat(20_000)),
  'big.png': 'x'.repeat(300_000),
});

const settle = () => new Promise((resolve) => setTimeout(resolve, 150));

test.each(['/review/a', '/big.png'])(
  '%s waits whenever the receiver says so, and arrives whole',
  async (target) => {
    const folder = open(large);
    const calls: string[] = [];
    let bytes = 0;
    let length = '';
    let exchange: OriginExchange | undefined;
    await new Promise<void>((resolve, reject) => {
      exchange = folder.ask(
        { method: 'GET', target, headers: [] },
        {
          head: ({ headers }) => {
            calls.push('head');
            length = headers.find(([name]) => name === 'Content-Length')?.[1] ?? '';
          },
          data: (chunk) => {
            expect(calls.at(-1)).not.toBe('paused');
            bytes += chunk.length;
            calls.push('paused');
            setTimeout(() => {
              calls.push('resumed');
              exchange?.resume();
            });
            return false;
          },
          end: resolve,
          fail: (fault) => reject(new Error(fault)),
        },
      );
    });
    expect(calls[0]).toBe('head');
    expect(bytes).toBe(Number(length));
    expect(calls.filter((call) => call === 'paused').length).toBeGreaterThan(3);
  },
);

test('a receiver that resumes while it is being called is not left waiting', async () => {
  const folder = open(large);
  let exchange: OriginExchange | undefined;
  await new Promise<void>((resolve, reject) => {
    exchange = folder.ask(
      { method: 'GET', target: '/big.png', headers: [] },
      {
        head: () => {},
        data: () => {
          exchange?.resume();
          return false;
        },
        end: resolve,
        fail: (fault) => reject(new Error(fault)),
      },
    );
  });
});

test.each(['before the head', 'at the first bytes'])('nothing is called after an abort %s', async (when) => {
  const folder = open(large);
  await folder.ready();
  const calls: string[] = [];
  let exchange: OriginExchange | undefined;
  const receiver: OriginReceiver = {
    head: () => calls.push('head'),
    data: () => {
      calls.push('data');
      exchange?.abort();
      return false;
    },
    end: () => calls.push('end'),
    fail: () => calls.push('fail'),
  };
  exchange = folder.ask({ method: 'GET', target: '/big.png', headers: [] }, receiver);
  if (when === 'before the head') exchange.abort();
  await settle();
  expect(calls).toEqual(when === 'before the head' ? [] : ['head', 'data']);
});
