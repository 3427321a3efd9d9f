/** What happens next by itself: a heap of moments, each checked against its record when its time has come. */

export interface Due {
  readonly at: number;
  readonly table: string;
  readonly id: string;
}

export interface DueList {
  /** The record's next moment is this one now; undefined: it has none. */
  set(table: string, id: string, at: number | undefined): void;
  /** The earliest; equal moments in the order they were set. */
  next(): Due | undefined;
}

interface Planned extends Due {
  readonly order: number;
}

export const createDueList = (): DueList => {
  const heap: Planned[] = [];
  const current = new Map<string, Planned>();
  let order = 0;
  return {
    set: (table, id, at) => {
      const key = `${table} ${id}`;
      if (current.get(key)?.at === at) return;
      if (at === undefined) {
        current.delete(key);
        return;
      }
      const planned = { at, table, id, order: order++ };
      current.set(key, planned);
      push(heap, planned);
    },
    next: () => {
      // What was planned otherwise since then still lies in the heap.
      for (let top = heap[0]; top; top = heap[0]) {
        if (current.get(`${top.table} ${top.id}`) === top) return top;
        pop(heap);
      }
      return undefined;
    },
  };
};

const before = (left: Planned, right: Planned): boolean =>
  left.at < right.at || (left.at === right.at && left.order < right.order);

const push = (heap: Planned[], planned: Planned): void => {
  let at = heap.push(planned) - 1;
  while (at > 0) {
    const parentAt = (at - 1) >> 1;
    const parent = heap[parentAt];
    if (!parent || !before(planned, parent)) break;
    heap[at] = parent;
    at = parentAt;
  }
  heap[at] = planned;
};

const pop = (heap: Planned[]): void => {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = at * 2 + 1;
    let below = heap[child];
    const right = heap[child + 1];
    if (below && right && before(right, below)) {
      child += 1;
      below = right;
    }
    if (!below || !before(below, last)) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = last;
};
