/** Several lists, each newest first, read as one that is; a page of each is held. */

/** Yields no page that is empty, and asks a list for its next page only when the one before is used up. */
export async function* newestFirst<Item extends { readonly created: number }>(
  lists: readonly AsyncGenerator<readonly Item[]>[],
): AsyncGenerator<readonly Item[]> {
  let open = lists.map((list) => ({ list, held: [] as readonly Item[] }));
  while (open.length > 0) {
    open = await Promise.all(
      open.map(async ({ list, held }) => {
        if (held.length > 0) return { list, held };
        const next = await list.next();
        return { list, held: next.done ? [] : next.value };
      }),
    );
    open = open.filter(({ held }) => held.length > 0);
    // Nothing that is still to come of any list is newer than the last that it gave.
    const safe = Math.max(...open.map(({ held }) => held.at(-1)?.created ?? 0));
    const ready = open.flatMap(({ held }) => held.filter(({ created }) => created >= safe));
    if (ready.length > 0) yield ready.sort((one, other) => other.created - one.created);
    open = open.map(({ list, held }) => ({ list, held: held.filter(({ created }) => created < safe) }));
  }
}
