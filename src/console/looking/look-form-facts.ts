/** What the form of a look shows: what was asked, and what can be chosen. */
import type { Catalogue } from '../../gate/catalogue.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import type { DeskView } from '../draft/desk-view.ts';
import { productsOn } from './look.ts';
import type { ExplainAsked, LookForm, MadeUpReader } from './look-schema.ts';
import type { LookFormFacts } from './look-who.tsx';
import { nameOfNumber } from './typed-look.ts';

/** What both pages stand on, beside the look itself. */
export interface LookPageOptions {
  readonly catalogue: Pick<Catalogue, 'newest'>;
  readonly readers: Pick<ReaderStore, 'byEmail' | 'byId'>;
}

/** More would make the page long and the list no shorter to look through. */
const listedArticles = 200;

export const lookFormFacts = (
  typed: LookForm,
  desk: DeskView,
  catalogue: Pick<Catalogue, 'newest'>,
): LookFormFacts => ({
  typed,
  products: productsOn(desk),
  articles: catalogue.newest(listedArticles).map(({ article: { id, title } }) => ({ path: id, title })),
  drafted: desk.working.draft !== undefined && desk.working.rules !== undefined,
});

/** A page's address, back as what somebody would have typed. */
export const typedOf = async (
  asked: Omit<ExplainAsked, 'policy'> & Partial<Pick<ExplainAsked, 'policy'>>,
  readers: Pick<ReaderStore, 'byId'>,
): Promise<LookForm> => {
  const { address, as, reads, product, reader, number, code = '', policy = 'published' } = asked;
  const who = reader ?? (number === undefined ? '' : await nameOfNumber(number, readers));
  const named = reader !== undefined || number !== undefined;
  return {
    address,
    as: code !== '' ? 'reference' : named ? 'named' : as,
    reads: String(reads),
    product: [product ?? ''].flat()[0] ?? '',
    who,
    code,
    policy,
  };
};

/** After “As”. */
export const readerInWords = (
  { as, reads, who, product }: LookForm,
  products: LookFormFacts['products'],
): string => {
  const held = products.find(({ id }) => id === product) ?? products[0];
  return as === 'named'
    ? who
    : as === 'reference'
      ? 'whoever was shown it'
      : madeUp[as](reads, held?.name ?? '');
};

const madeUp: Readonly<Record<MadeUpReader, (reads: string, product: string) => string>> = {
  visitor: (reads) => `a visitor who has read ${counted(reads)}`,
  registered: (reads) => `a registered reader who has read ${counted(reads)}`,
  subscriber: (_, product) => `a subscriber of ${product}`,
  'past-due': (_, product) => `a subscriber of ${product} whose payment is due`,
  gift: (_, product) => `a reader with a gift of ${product}`,
  crawler: () => 'a search crawler',
  staff: () => 'somebody whom the site itself knows for its own',
};

const counted = (reads: string): string =>
  reads === '0' ? 'nothing yet' : reads === '1' ? '1 article' : `${reads} articles`;
