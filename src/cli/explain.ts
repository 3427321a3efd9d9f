/** `gatefold explain URL`: the decision for a reader and how it came about, without counting anything. */

import { type AskedAddress, askedAddress } from '../gate/asked-address.ts';
import type { SeenReader } from '../gate/seen-reader.ts';
import { composeExplaining, type Explaining } from '../gateway/compose-explaining.ts';
import { createGateway, type Gateway } from '../gateway.ts';
import { systemClock } from '../ops/clock.ts';
import { readVisitorNumber } from '../readers/visitor-number.ts';
import type { Settings } from '../settings.ts';
import { asEmail } from './grant.ts';
import { fail, readSettings } from './read-settings.ts';

interface Options {
  readonly reader?: string;
  readonly visitor?: string;
  readonly reads?: string;
  readonly code?: string;
  readonly staff?: boolean;
}

export const explainAddress = async (url: string | undefined, options: Options): Promise<void> => {
  const settings = { ...readSettings(), logLevel: 'silent' as const };
  let gateway: Gateway | undefined;
  try {
    refuseSeveral(options);
    gateway = await createGateway({ settings, watch: false, follow: false, selling: false });
    const { gate, stores, inForce } = gateway;
    const hosts = [new URL(settings.publicUrl).host];
    const explaining = composeExplaining({ gate, stores, meters: stores.meters, inForce, hosts });
    const { code } = options;
    const lines =
      code === undefined
        ? await linesAt(addressIn(url, settings, hosts), readerIn(options), gateway, explaining)
        : await linesOf(code, explaining);
    console.log(lines.join('\n'));
  } catch (error) {
    fail(error);
  } finally {
    await gateway?.close();
  }
};

const refuseSeveral = ({ reader, visitor, reads, code, staff }: Options): void => {
  if ([reader, visitor, reads, code, staff].filter((each) => each !== undefined).length > 1)
    throw new Error('Only one of --reader, --visitor, --reads, --staff and --code says who is meant.');
};

const addressIn = (
  url: string | undefined,
  { publicUrl }: Settings,
  hosts: readonly string[],
): AskedAddress => {
  if (url === undefined) throw new Error('Write the article’s path, or --code with a prompt’s reference.');
  const address = askedAddress(url, hosts);
  if (!address)
    throw new Error(
      `“${url}” is no address of this site: write a path, or one that begins with ${publicUrl}.`,
    );
  return address;
};

const readerIn = ({ reader, visitor, reads = '0', staff }: Options): SeenReader => {
  if (staff) return { kind: 'staff' };
  if (reader !== undefined) return { kind: 'named', email: asEmail(reader) };
  if (visitor === undefined) return { kind: 'visitor', reads: asCount(reads) };
  if (!readVisitorNumber(visitor))
    throw new Error(
      '--visitor: write the number at the foot of the reader’s pages, or the gf_visitor cookie up to its second dot.',
    );
  return { kind: 'numbered', number: visitor };
};

const asCount = (text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new Error('--reads: write a whole number, such as 3.');
  return Number(text);
};

const linesAt = async (
  address: AskedAddress,
  reader: SeenReader,
  { inForce }: Gateway,
  { explainView }: Explaining,
): Promise<readonly string[]> => {
  const explained = await explainView({ address, reader, rules: inForce(), now: systemClock() });
  switch (explained.kind) {
    case 'decided':
      return explained.lines;
    case 'not-an-article':
      return explained.held.length === 0
        ? ['No article stands there: it goes through as it is.']
        : ['No article stands there.', ...explained.held];
    case 'feed':
      return [
        'A feed stands there: each of its entries is cut as its article’s page would be.',
        ...explained.held,
      ];
    case 'unavailable':
      throw new Error('The origin can’t be reached, so nothing is known of this article.');
    case 'unknown-reader':
      throw new Error(
        `Nobody has signed in, or been granted anything, as ${reader.kind === 'named' ? reader.email : 'that'}.`,
      );
    default:
      return explained satisfies never;
  }
};

const linesOf = async (code: string, { explainReference }: Explaining): Promise<readonly string[]> => {
  const explained = await explainReference(code, systemClock());
  if (explained.kind === 'unknown-reference')
    throw new Error(
      '--code: no prompt with that reference was shown in the last 30 days. It is three groups of four letters and digits.',
    );
  return explained.lines;
};
