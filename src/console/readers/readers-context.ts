/** What the pages and calls about readers work with. */
import type { CustomerStore } from '../../billing/customer-store.ts';
import type { Clock } from '../../ops/clock.ts';
import type { Policy } from '../../policy/policy.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import type { ConsoleShared } from '../area.ts';
import type { Audit } from '../operators/audit.ts';
import type { ChangeReader } from './change-reader.ts';
import type { FindReader } from './find-reader.ts';
import type { ReaderPlans } from './reader-facts.ts';
import type { ReaderList } from './reader-list.ts';
import type { SheetOf } from './reader-sheet.ts';

export interface ReadersContext extends Omit<ConsoleShared, 'desk'> {
  readonly readers: Pick<ReaderStore, 'byId'>;
  readonly customers: Pick<CustomerStore, 'customer' | 'progress'>;
  readonly list: ReaderList;
  readonly find: FindReader;
  readonly sheetOf: SheetOf;
  readonly change: ChangeReader;
  readonly audit: Pick<Audit, 'note'>;
  readonly policy: () => Policy;
  /** The site's time, by which rights begin and end: the sandbox's, where there is one. */
  readonly siteNow: Clock;
  readonly plans: ReaderPlans;
  /** Something is sold here. */
  readonly sells: boolean;
  /** Where customers are in Stripe's dashboard; absent: nothing there is real. */
  readonly dashboard?: string;
}
