/** What the page of readers is made of. */
import type { Product } from '../../policy/policy.ts';
import type { ListPlace } from './list-place.ts';
import type { CompTyped } from './reader-comp.tsx';
import type { ReaderListPage } from './reader-list.ts';

export interface ReadersFacts {
  readonly place: ListPlace;
  readonly list: ReaderListPage;
  /** What the list was narrowed to, or what was looked for in vain. */
  readonly search: string;
  readonly products: readonly Product[];
  readonly mayGrant: boolean;
  /** Something is sold here. */
  readonly sells: boolean;
  readonly notice?: string;
  readonly fault?: string;
  /** The form for a comp, where it came back. */
  readonly typed?: CompTyped & { readonly email: string };
  /** Today, as a date field takes it. */
  readonly today: string;
  /** By the site's clock. */
  readonly now: number;
}
