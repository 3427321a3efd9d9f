/** `gatefold explain URL`: the decision for a reader and how it came about, without counting anything. */

import { askedAddress } from '../gate/asked-address.ts';
import { readerAsker, visitorAsker } from '../gate/seen-reader.ts';
import { createGateway, type Gateway } from '../gateway.ts';
import { explain } from '../insight/explain.ts';
import { hypotheticalReads } from '../insight/hypothetical-reads.ts';
import { systemClock } from '../ops/clock.ts';
import type { Asker } from '../readers/asker.ts';
import type { VisitorId } from '../readers/reader.ts';
import { readVisitorNumber } from '../readers/visitor-number.ts';
import { asEmail } from './grant.ts';
import { fail, readSettings } from './read-settings.ts';

interface Options {
  readonly reader?: string;
  readonly visitor?: string;
  readonly reads?: string;
}

export const explainAddress = async (url: string, options: Options): Promise<void> => {
  const settings = { ...readSettings(), logLevel: 'silent' as const };
  const now = systemClock();
  let gateway: Gateway | undefined;
  try {
    const reads = options.reads === undefined ? undefined : asCount(options.reads);
    gateway = await createGateway({
      settings,
      watch: false,
      follow: false,
      selling: false,
      ...(reads === undefined ? {} : { wrapMeters: (meters) => hypotheticalReads(meters, reads) }),
    });
    const address = askedAddress(url, [new URL(settings.publicUrl).host]);
    if (!address)
      throw new Error(
        `“${url}” is no address of this site: write a path, or one that begins with ${settings.publicUrl}.`,
      );
    const asker = await askerOf(options, gateway);
    const decided = await gateway.gate.decideAt(address, { asker }, 'look', now);
    if (decided === 'unavailable')
      throw new Error('The origin can’t be reached, so nothing is known of this article.');
    const lines = typeof decided === 'string' ? [withoutArticle[decided]] : explain(decided, now);
    console.log(lines.join('\n'));
  } catch (error) {
    fail(error);
  } finally {
    await gateway?.close();
  }
};

const withoutArticle = {
  'not-an-article': 'No article stands there: it goes through as it is.',
  feed: 'A feed stands there: each of its entries is cut as its article’s page would be.',
};

const asCount = (text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new Error('--reads: write a whole number, such as 3.');
  return Number(text);
};

const askerOf = async ({ reader, visitor }: Options, gateway: Gateway): Promise<Asker> => {
  if (reader !== undefined) {
    const record = await gateway.stores.readers.byEmail(asEmail(reader));
    if (!record) throw new Error(`Nobody has signed in, or been granted anything, as ${reader}.`);
    return readerAsker(record.id);
  }
  if (visitor === undefined) return { ...visitorAsker('explain.nobody' as VisitorId), newVisitor: true };
  const number = readVisitorNumber(visitor);
  if (!number)
    throw new Error(
      '--visitor: write the number at the foot of the reader’s pages, or the gf_visitor cookie up to its second dot.',
    );
  return number.kind === 'reader' ? readerAsker(number.id) : visitorAsker(number.id);
};
