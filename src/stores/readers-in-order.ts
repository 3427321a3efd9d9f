/** The order in which both stores list readers: that of their addresses' bytes. */

/** True: a page that begins behind `after` and holds only what begins with `startsWith` begins behind `after`. */
export const isBehind = (after: string, startsWith: string): boolean =>
  after !== '' && Buffer.compare(Buffer.from(after), Buffer.from(startsWith)) >= 0;
