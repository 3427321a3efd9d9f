/** One reader in the list: who, since when, what they hold and until when, and how many browsers are signed in. */

import type { Entitlement } from '../../entitlements/entitlement.ts';
import { isActive } from '../../entitlements/entitlement.ts';
import type { Product } from '../../policy/policy.ts';
import { Day } from './day.tsx';
import type { ListedReader } from './reader-list.ts';
import type { ReadersFacts } from './readers-facts.ts';

interface ReaderRowProps {
  readonly reader: ListedReader;
  readonly facts: Pick<ReadersFacts, 'products' | 'now'>;
  readonly timeZone: string;
}

export const ReaderRow = ({ reader, facts, timeZone }: ReaderRowProps) => (
  <li>
    <div>
      <a href={`/-/console/readers/${reader.id}`}>
        <bdi>{reader.email}</bdi>
      </a>
      <small>
        Since <Day at={reader.createdAt} timeZone={timeZone} />, {browsers(reader.devices)}
      </small>
    </div>
    <div>
      {reader.entitlements.length === 0 && <small>Holds nothing</small>}
      {reader.entitlements.map((each) => (
        <span key={each.id}>
          {productName(each.product, facts.products)}
          <small>
            {sourceWords[each.source]} {isActive(each, facts.now) ? '' : 'from '}
            {!isActive(each, facts.now) && <Day at={each.startsAt} timeZone={timeZone} />} until{' '}
            <Day at={each.endsAt - 1} timeZone={timeZone} />
            {each.paymentDue && (
              <>
                , <strong>money owed</strong>
              </>
            )}
          </small>
        </span>
      ))}
    </div>
  </li>
);

export const productName = (id: string, products: readonly Product[]): string =>
  products.find((each) => each.id === id)?.name ?? id;

export const sourceWords: Readonly<Record<Entitlement['source'], string>> = {
  subscription: 'Subscription',
  pass: 'Pass',
  comp: 'Comp',
  group: 'Group',
  institution: 'Institution',
  gift: 'Gift',
};

const browsers = (count: number): string =>
  count === 0 ? 'not signed in anywhere' : count === 1 ? 'one browser' : `${count} browsers`;
