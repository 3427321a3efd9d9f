/** A subscriber's answers beside the origin's own: the same bytes, or what differs. */
import { type Answered, type Asked, createClient } from '../support/raw-request.ts';
import { each, inWords } from './crawl.ts';
import type { FindWithheld } from './find-withheld.ts';
import { withoutOwnParts } from './own-parts.ts';

export interface CompareOptions {
  readonly gateUrl: string;
  readonly originUrl: string;
  readonly subscriber: Readonly<Record<string, string>>;
  readonly asked: readonly Asked[];
  readonly find: FindWithheld;
}

export interface Compared {
  readonly equal: number;
  readonly bytes: number;
  /** The origin itself answers otherwise each time. */
  readonly unsteady: number;
  readonly differences: readonly string[];
  /** Of the origin's answers: how many hold what others may not read. Were it none, that nobody was sent it would prove nothing. */
  readonly holding: number;
}

export const compare = async (options: CompareOptions): Promise<Compared> => {
  const { gateUrl, originUrl, subscriber, asked, find } = options;
  const gate = createClient(gateUrl);
  const origin = createClient(originUrl);
  const publicHost = new URL(gateUrl).host;
  const direct = (one: Asked): Promise<Answered> =>
    origin.ask({
      ...one,
      headers: {
        ...one.headers,
        Host: publicHost,
        'X-Forwarded-Host': publicHost,
        'X-Forwarded-Proto': 'http',
      },
    });
  let [equal, bytes, unsteady, holding] = [0, 0, 0, 0];
  const differences: string[] = [];
  await each(asked, async (one) => {
    const own = await direct(one);
    if (find.in(own.body.toString('utf8'), one.path).length > 0) holding += 1;
    const answered = await gate.ask({ ...one, headers: { ...one.headers, ...subscriber } });
    const differs = differenceOf(own, answered);
    if (differs === undefined) {
      equal += 1;
      bytes += own.body.length;
    } else if (differenceOf(own, await direct(one)) !== undefined) unsteady += 1;
    else differences.push(`${inWords(one)}: ${differs}`);
  });
  gate.close();
  origin.close();
  return { equal, bytes, unsteady, differences, holding };
};

const compared = [
  'content-type',
  'location',
  'link',
  'content-language',
  'content-disposition',
  'x-pingback',
];

const differenceOf = (own: Answered, answered: Answered): string | undefined => {
  if (own.status !== answered.status) return `${answered.status}, not ${own.status}`;
  for (const name of own.headers.location === undefined ? compared : ['location']) {
    const [theirs = '', ours = ''] = [own.headers[name], answered.headers[name]].map(normalisedHeader);
    // Where a page's charset stands in it alone, Gatefold says it.
    if (theirs !== ours && `${theirs}; charset=utf-8` !== ours) return `${name}: ${ours}, not ${theirs}`;
  }
  // Beside a redirect nothing is sent on.
  if (own.headers.location !== undefined || own.body.equals(answered.body)) return undefined;
  const [theirs, ours] = [own.body, answered.body].map((body) =>
    Buffer.from(withoutOwnParts(body.toString('latin1')), 'latin1'),
  );
  if (theirs && ours && !theirs.equals(ours)) return `its bytes differ ${placeOf(theirs, ours)}`;
  return undefined;
};

/** `charset=UTF-8` and `charset=utf-8` are one, and so are `%e5` and `%E5`. */
const normalisedHeader = (value: string | string[] | undefined): string =>
  String(value ?? 'none')
    .replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase())
    .replace(/;\s*charset=([\w-]+)/i, (_, charset: string) => `; charset=${charset.toLowerCase()}`);

const placeOf = (own: Buffer, answered: Buffer): string => {
  let at = 0;
  while (at < own.length && own[at] === answered[at]) at += 1;
  const there = (bytes: Buffer): string =>
    JSON.stringify(bytes.subarray(Math.max(0, at - 30), at + 60).toString('utf8'));
  return `from ${at} of ${own.length} (now ${answered.length}): ${there(answered)} for ${there(own)}`;
};
