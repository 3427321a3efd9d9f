/** What a contract suite needs of a store: to be opened, more than once, over the same data. */
import type { Stores } from '../../../src/stores/open-stores.ts';

export interface StoreUnderTest {
  /** Another instance, as another process would open it; closed by the suite. */
  open(): Promise<Stores>;
}

/** Instances of one suite, closed together. */
export function instancesOf(store: () => StoreUnderTest) {
  const opened: Stores[] = [];
  return {
    open: async (): Promise<Stores> => {
      const stores = await store().open();
      opened.push(stores);
      return stores;
    },
    closeAll: async (): Promise<void> => {
      await Promise.all(opened.splice(0).map((stores) => stores.close()));
    },
  };
}
