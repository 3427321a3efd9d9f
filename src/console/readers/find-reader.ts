/** Whom somebody means who types an address, its beginning, a reader's number, or one of Stripe's customers. */
import type { CustomerStore } from '../../billing/customer-store.ts';
import { isStripeId } from '../../billing/stripe-id.ts';
import type { CustomerId } from '../../billing/subscription.ts';
import { readAddress } from '../../readers/read-address.ts';
import type { Email, ProvedReader, ReaderId } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';

export type FoundReader =
  | { readonly kind: 'reader'; readonly id: ReaderId }
  /** There are readers whose address begins so; `first` is the first of them. */
  | { readonly kind: 'beginning'; readonly startsWith: string; readonly first: ProvedReader }
  /** Nothing was typed. */
  | { readonly kind: 'everybody' }
  | { readonly kind: 'nobody'; readonly text: string };

/** Rejects when the store can't be asked. */
export type FindReader = (text: string) => Promise<FoundReader>;

interface Options {
  readonly readers: Pick<ReaderStore, 'byId' | 'byEmail' | 'readersPage'>;
  readonly customers: Pick<CustomerStore, 'customer'>;
}

export const createFindReader =
  (options: Options): FindReader =>
  async (typed) => {
    const text = typed.trim();
    if (text === '') return { kind: 'everybody' };
    const id =
      (await byAddress(options, text)) ??
      (await byNumber(options, text)) ??
      (await byCustomer(options, text));
    if (id) return { kind: 'reader', id };
    const startsWith = text.toLowerCase();
    const first = await firstBeginning(options, startsWith);
    return first ? { kind: 'beginning', startsWith, first } : { kind: 'nobody', text };
  };

const byAddress = async ({ readers }: Options, text: string): Promise<ReaderId | undefined> => {
  const email = readAddress(text);
  return email && (await readers.byEmail(email))?.id;
};

/** As the foot of a reader's own pages says it, or the id alone. */
const byNumber = async ({ readers }: Options, text: string): Promise<ReaderId | undefined> => {
  const [, id] = /^(?:reader\.)?([\w-]{1,64})$/.exec(text) ?? [];
  return id === undefined ? undefined : (await readers.byId(id as ReaderId))?.id;
};

const byCustomer = async ({ customers }: Options, text: string): Promise<ReaderId | undefined> =>
  isStripeId(text) ? (await customers.customer(text as CustomerId))?.owner : undefined;

const firstBeginning = async (
  { readers }: Options,
  startsWith: string,
): Promise<ProvedReader | undefined> => {
  for (let after: Email | undefined; ; ) {
    const page = await readers.readersPage({ startsWith, limit: 5, ...(after ? { after } : {}) });
    // What is listed may be nobody's by now.
    if (page.readers[0] || page.next === undefined) return page.readers[0];
    after = page.next;
  }
};
