/** Records of one kind in the order they were made, found by id and by a few of their fields without looking at the rest. */

export interface Table<R extends { readonly id: string }> {
  readonly name: string;
  get(id: string): R | undefined;
  /** Adds it as the newest, or replaces the one with its id in its place. */
  put(record: R): void;
  remove(id: string): void;
  /**
   * Newest first; of the whole table, or of those whose `index` field has that value. `behind`: only older ones than that id.
   * `ahead`: oldest first, only newer ones than that id (all, where
   * it is empty). Costs what is taken from it, not what the table holds.
   */
  walk(from?: Walk): IterableIterator<R>;
  count(): number;
}

export interface Walk {
  readonly index?: { readonly name: string; readonly value: string };
  readonly behind?: string;
  readonly ahead?: string;
}

export interface TableOptions<R> {
  readonly name: string;
  /** Fields that hold an id or another text, or null. */
  readonly indexes?: readonly (keyof R & string)[];
  readonly onChange: (table: string, id: string, record: R | null) => void;
}

interface Entry<R> {
  readonly place: number;
  /** Undefined: removed. */
  record: R | undefined;
}

export const createTable = <R extends { readonly id: string }>({
  name,
  indexes = [],
  onChange,
}: TableOptions<R>): Table<R> => {
  const byId = new Map<string, Entry<R>>();
  let inOrder: Entry<R>[] = [];
  const byField = new Map(indexes.map((field): [string, Found<R>] => [field, new Map()]));
  let places = 0;

  const replace = (entry: Entry<R>, record: R | undefined): void => {
    for (const [field, found] of byField) {
      const [before, after] = [textIn(entry.record, field), textIn(record, field)];
      if (before === after) continue;
      if (before !== undefined) drop(found, before, entry);
      if (after !== undefined) insert(found, after, entry);
    }
    entry.record = record;
  };

  return {
    name,
    get: (id) => byId.get(id)?.record,
    put: (record) => {
      let entry = byId.get(record.id);
      if (!entry) {
        entry = { place: places++, record: undefined };
        byId.set(record.id, entry);
        inOrder.push(entry);
      }
      replace(entry, record);
      onChange(name, record.id, record);
    },
    remove: (id) => {
      const entry = byId.get(id);
      if (!entry) return;
      replace(entry, undefined);
      byId.delete(id);
      if (inOrder.length > 64 && byId.size * 2 < inOrder.length)
        inOrder = inOrder.filter(({ record }) => record !== undefined);
      onChange(name, id, null);
    },
    *walk({ index, behind, ahead } = {}) {
      const among = index ? (byField.get(index.name)?.get(index.value) ?? []) : inOrder;
      const anchor = behind ?? ahead;
      const place = anchor === undefined ? places : anchor === '' ? -1 : byId.get(anchor)?.place;
      if (place === undefined) return;
      if (ahead === undefined) {
        for (let at = firstFrom(among, place) - 1; at >= 0; at--) {
          const record = among[at]?.record;
          if (record) yield record;
        }
        return;
      }
      for (let at = firstFrom(among, place + 1); at < among.length; at++) {
        const record = among[at]?.record;
        if (record) yield record;
      }
    },
    count: () => byId.size,
  };
};

type Found<R> = Map<string, Entry<R>[]>;

const textIn = (record: object | undefined, field: string): string | undefined => {
  const value: unknown = record && Reflect.get(record, field);
  return typeof value === 'string' ? value : undefined;
};

const drop = <R>(found: Found<R>, value: string, entry: Entry<R>): void => {
  const rest = (found.get(value) ?? []).filter((other) => other !== entry);
  if (rest.length === 0) found.delete(value);
  else found.set(value, rest);
};

const insert = <R>(found: Found<R>, value: string, entry: Entry<R>): void => {
  const entries = found.get(value);
  if (!entries) found.set(value, [entry]);
  else entries.splice(firstFrom(entries, entry.place), 0, entry);
};

/** Where the first entry stands whose place is at least `place`. */
const firstFrom = <R>(entries: readonly Entry<R>[], place: number): number => {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.place ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
};
