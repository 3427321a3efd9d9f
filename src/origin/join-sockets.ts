/** Two sockets tied together: what one says the other hears, and neither outlives the other by more than a moment. */
import type { Duplex } from 'node:stream';

export interface JoinTimes {
  /** Without a byte in either direction both are closed. */
  readonly idleMs: number;
  /** How long the other direction may go on after one side has ended. */
  readonly lingerMs: number;
}

/** Gives back a function that ends both at once; `onClose` is called once, when both are gone. */
export function joinSockets(
  one: Duplex,
  other: Duplex,
  { idleMs, lingerMs }: JoinTimes,
  onClose: () => void,
): () => void {
  let open = 2;
  const destroyBoth = (): void => {
    one.destroy();
    other.destroy();
  };
  const timer = setTimeout(destroyBoth, idleMs);
  let ending: NodeJS.Timeout | undefined;
  const onGone = (): void => {
    destroyBoth();
    open -= 1;
    if (open > 0) return;
    clearTimeout(timer);
    clearTimeout(ending);
    onClose();
  };
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('data', () => timer.refresh());
    from.on('error', destroyBoth).on('close', onGone);
    from.on('end', () => {
      ending ??= setTimeout(destroyBoth, lingerMs);
    });
    from.pipe(to);
  }
  return destroyBoth;
}
