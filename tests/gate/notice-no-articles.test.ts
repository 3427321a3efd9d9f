/** Whoever runs a site is told when many of its pages passed and none of them is an article, and not otherwise. */
import { expect, test } from '@jest/globals';
import type { Found } from '../../src/gate/found.ts';
import { createNoticeNoArticles, noArticlesInWords } from '../../src/gate/notice-no-articles.ts';
import type { Question } from '../../src/gate/origin-question.ts';
import type { PolicyInForce } from '../../src/gate/policy-in-force.ts';

interface Passing {
  readonly kind?: Found['kind'];
  readonly type?: string;
  readonly status?: number;
  readonly rules?: PolicyInForce;
}

const noticing = () => {
  const told: number[] = [];
  let kind: Found['kind'] = 'plain';
  const recognise = createNoticeNoArticles((pages) => told.push(pages))(async () => ({ kind }) as Found);
  const first = {} as PolicyInForce;
  const pass = (
    path: string,
    { kind: next = 'plain', type = 'text/html', status = 200, rules = first }: Passing = {},
  ) => {
    kind = next;
    const head = { status, headers: [['Content-Type', type]] as const };
    return recognise({ head, body: Buffer.alloc(0) }, { path, target: path } as Question, rules);
  };
  const passMany = async (from: number, to: number, passing?: Passing): Promise<void> => {
    for (let at = from; at < to; at += 1) await pass(`/${at}`, passing);
  };
  return { told, pass, passMany };
};

test('200 pages without an article are told of once', async () => {
  const { told, passMany } = noticing();
  await passMany(0, 199);
  expect(told).toEqual([]);
  await passMany(199, 500);
  expect(told).toEqual([200]);
  expect(noArticlesInWords(200)).toContain('200 pages passed, none of them an article');
});

test('one article among them is enough for nothing to be told', async () => {
  const { told, pass, passMany } = noticing();
  await passMany(0, 150);
  await pass('/news/one', { kind: 'article' });
  await passMany(150, 500);
  expect(told).toEqual([]);
});

test('the same page again, files, feeds, errors and redirects are no further pages', async () => {
  const { told, pass, passMany } = noticing();
  await passMany(0, 199);
  for (let at = 0; at < 50; at += 1) await pass('/7');
  await passMany(200, 300, { type: 'application/pdf' });
  await passMany(300, 400, { kind: 'feed' });
  await passMany(400, 500, { status: 404 });
  await passMany(500, 600, { kind: 'unavailable' });
  expect(told).toEqual([]);
});

test('a policy that comes into force is looked at anew', async () => {
  const { told, passMany } = noticing();
  await passMany(0, 200);
  await passMany(0, 199, { rules: {} as PolicyInForce });
  expect(told).toEqual([200]);
  const next = {} as PolicyInForce;
  await passMany(0, 200, { rules: next });
  await passMany(200, 500, { rules: next });
  expect(told).toEqual([200, 200]);
});
