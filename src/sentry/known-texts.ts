/** Every known article's fingerprints in memory, bounded by bytes: which articles hold this run, and where in them. */
import type { ArticleId } from '../article/article.ts';
import { CHECK_MASK, checkOf, fingerprintsOf, WINDOW } from './fingerprints.ts';
import { addressOfVariant, FARTHEST, FINGERPRINT_BYTES, type KnownArticle } from './known-article.ts';
import type { Units } from './units.ts';

/** An article in memory: what was learnt of it, without the fingerprints. */
export type ArticleFacts = Omit<KnownArticle, 'fingerprints' | 'publicRuns'>;

/** One place where a run of a text that is read stands in a known article. */
export interface Occurrence {
  readonly facts: ArticleFacts;
  /** In units from the article's beginning; `undefined`: in its title or summary. */
  readonly position: number | undefined;
}

export type FoundPrint = (
  at: number,
  occurrences: readonly Occurrence[],
  hash: number,
  check: number,
) => void;

export interface KnownTexts {
  /** Takes the place of what was known of the same address. */
  put(known: KnownArticle): void;
  forget(address: ArticleId): void;
  /** Of each fingerprint in `units` that some article holds: where it begins, and where it stands in which articles. */
  find(units: Units, found: FoundPrint): void;
  /** Where a run of these two hashes stands. */
  lookUp(hash: number, check: number): readonly Occurrence[];
  factsOf(address: ArticleId): ArticleFacts | undefined;
  /** Under what other copies of what stands there are known. */
  variantsOf(address: ArticleId): readonly ArticleId[];
  /** Differs after every change: what was read before it may hold what is known since. */
  generation(): number;
  readonly size: () => { readonly articles: number; readonly bytes: number; readonly window: number };
}

/**
 * An open-addressing table, thirteen bytes a slot at the most: hash; 16 bits of position beside 16 of the article's number; 4 more of that beside
 * the check; some bits of the filter. When it would outgrow `maxBytes` it keeps, of every article, only the fingerprints of a window twice as wide:
 * longer stretches are needed to know a text again, but none is forgotten.
 */
export const createKnownTexts = (maxBytes: number): KnownTexts => {
  let table = tableOf(1 << 10);
  let window = WINDOW;
  let generation = 0;
  let live = 0;
  const articles: (ArticleFacts | undefined)[] = [];
  const numbers = new Map<ArticleId, number>();
  const variants = new Map<ArticleId, Set<ArticleId>>();

  const bytes = (): number => table.slots * SLOT_BYTES + numbers.size * FACTS_BYTES;

  const insert = (fingerprints: Buffer, number: number, isPublic: boolean): void => {
    for (let from = 0; from < fingerprints.length; from += FINGERPRINT_BYTES) {
      const position = isPublic ? PUBLIC : Math.min(fingerprints.readUInt16LE(from + 8), PUBLIC - 1);
      add(table, fingerprints.readInt32LE(from), fingerprints.readInt32LE(from + 4), number, position);
    }
  };

  /** Dead articles' slots are left out; a table that is still too large is thinned. */
  const rebuild = (room: number): void => {
    const old = table;
    let slots = slotsFor(room);
    while (slots * SLOT_BYTES > maxBytes && window < WIDEST && slots > 1 << 10) {
      window *= 2;
      room = Math.ceil(room * 0.55);
      slots = Math.min(slotsFor(room), Math.floor(maxBytes / SLOT_BYTES));
    }
    const rows = thinned(rowsOf(old, articles), window);
    table = tableOf(Math.max(slots, slotsFor(rows.length / 4)));
    for (let at = 0; at < rows.length; at += 4)
      add(table, rows[at] ?? 0, rows[at + 1] ?? 0, rows[at + 2] ?? 0, rows[at + 3] ?? 0);
  };

  const forget = (id: ArticleId): boolean => {
    const number = numbers.get(id);
    if (number === undefined) return false;
    articles[number] = undefined;
    numbers.delete(id);
    const base = addressOfVariant(id);
    if (base !== undefined && variants.get(base)?.delete(id) && variants.get(base)?.size === 0)
      variants.delete(base);
    return true;
  };

  const put = ({ fingerprints, publicRuns, ...facts }: KnownArticle): void => {
    forget(facts.address);
    const coming = (fingerprints.length + publicRuns.length) / FINGERPRINT_BYTES;
    if (table.used + coming > table.slots * FULL) rebuild(table.used + coming);
    const number = articles.length;
    if (number > MOST_ARTICLES) return;
    articles.push(facts);
    numbers.set(facts.address, number);
    const base = addressOfVariant(facts.address);
    if (base !== undefined) variants.set(base, (variants.get(base) ?? new Set()).add(facts.address));
    insert(window === WINDOW ? fingerprints : thinnedBuffer(fingerprints, window), number, false);
    insert(publicRuns, number, true);
    generation += 1;
    live = numbers.size;
  };

  const lookUp = (hash: number, check: number): readonly Occurrence[] => {
    const occurrences: Occurrence[] = [];
    eachMatch(table, hash, check, (number, position) => {
      const facts = articles[number];
      if (facts) occurrences.push({ facts, position: position === PUBLIC ? undefined : position });
    });
    return isFurniture(occurrences) ? [] : occurrences;
  };

  return {
    put,
    forget: (id) => {
      if (forget(id)) generation += 1;
      live = numbers.size;
    },
    find: (units, found) => {
      if (live === 0) return;
      const { at: places, hashes, length } = fingerprintsOf(units);
      const few = likelyAmong(table, hashes, length);
      for (let index = 0; index < few; index += 1) {
        const which = likely[index] as number;
        const [at, hash] = [places[which] as number, hashes[which] as number];
        if (!holds(table, hash)) continue;
        const check = checkOf(units, at);
        const occurrences = lookUp(hash, check);
        if (occurrences.length > 0) found(at, occurrences, hash, check);
      }
    },
    lookUp,
    factsOf: (id) => articles[numbers.get(id) ?? -1],
    variantsOf: (id) => [...(variants.get(id) ?? [])],
    generation: () => generation,
    size: () => ({ articles: live, bytes: bytes(), window }),
  };
};

const isFurniture = (occurrences: readonly Occurrence[]): boolean => {
  if (occurrences.length < MOST_BESIDE) return false;
  const sharers = new Set(occurrences.map(({ facts }) => facts.article.id)).size;
  return sharers >= MOST_SHARERS || (sharers >= MOST_BESIDE && occurrences.every(isBeside));
};

/** It stands in none of the articles as readers see them. */
const isBeside = ({ facts, position }: Occurrence): boolean =>
  position !== undefined && position >= facts.units && facts.units < FARTHEST;

/** See `fingerprints.ts`. */
const { floor, imul } = Math;

const SLOT_BYTES = 13;
/** Facts of an article: strings and objects, about. */
const FACTS_BYTES = 700;
const FULL = 0.7;
const GROWTH = 1.25;
const PUBLIC = 0xffff;
const MOST_ARTICLES = 0xfffff - 1;
/** Wider than this, a page could be given away between two fingerprints. */
const WIDEST = 256;
/** A run that so many articles share is the site's furniture (an author's line, a box for a newsletter), and nobody's secret. */
const MOST_SHARERS = 64;
/** What so many keep beside their text, where no reader sees it, are the site's own words: its notices, its settings. */
const MOST_BESIDE = 6;

interface Table {
  readonly slots: number;
  /** 0 for an empty slot. */
  readonly hashes: Int32Array;
  /** Position, and the low 16 bits of one more than the article's number. */
  readonly places: Int32Array;
  readonly checks: Int32Array;
  /** A bit for each hash, by its high bits: small enough to be at hand where the hashes aren't. */
  readonly filter: Int32Array;
  /** How many bits of a hash are not counted in it. */
  readonly shift: number;
  used: number;
}

const slotsFor = (entries: number): number => Math.max(1 << 10, Math.ceil((entries * GROWTH) / FULL));

const tableOf = (slots: number): Table => {
  const filterBits = Math.ceil(Math.log2(slots)) + 2;
  return {
    slots,
    hashes: new Int32Array(slots),
    places: new Int32Array(slots),
    checks: new Int32Array(slots),
    filter: new Int32Array(1 << (filterBits - 5)),
    shift: 32 - filterBits,
    used: 0,
  };
};

/**
 * Any number of slots, not only powers of two, or the memory could be used by half. Winnowing keeps small hashes: they are
 * spread anew, or they would all crowd at one end.
 */
const firstSlot = ({ slots }: Table, hash: number): number => floor((spread(hash) / 0x1_0000_0000) * slots);

const spread = (hash: number): number => imul(hash, 0x9e3779b1) >>> 0;

const add = (table: Table, given: number, check: number, number: number, position: number): void => {
  const { slots, hashes, places, checks } = table;
  const hash = kept(given);
  const owner = number + 1;
  let others = 0;
  let own = 0;
  let slot = firstSlot(table, hash);
  for (; isTaken(table, slot); slot = slot + 1 === slots ? 0 : slot + 1) {
    if (hashes[slot] !== hash || ((checks[slot] ?? 0) & CHECK_MASK) !== check) continue;
    if (ownerIn(table, slot) === owner) own += 1;
    else others += 1;
    // The first place in an article is the one that may be in its preview.
    if (own > 1 || others >= MOST_SHARERS * 2) return;
  }
  const bit = spread(hash) >>> table.shift;
  table.filter[bit >>> 5] = (table.filter[bit >>> 5] as number) | (1 << (bit & 31));
  hashes[slot] = hash;
  places[slot] = (position << 16) | (owner & 0xffff);
  checks[slot] = ((owner >>> 16) << 28) | check;
  table.used += 1;
};

const ownerIn = ({ places, checks }: Table, slot: number): number =>
  ((places[slot] ?? 0) & 0xffff) | (((checks[slot] ?? 0) >>> 28) << 16);

/** By the hashes alone: each of the three arrays that is looked at is a wait for the memory. */
const isTaken = ({ hashes }: Table, slot: number): boolean => hashes[slot] !== 0;

/** 0 stands for an empty slot. */
const kept = (hash: number): number => (hash === 0 ? 1 : hash);

/** Which of the hashes the last call found likely. */
let likely = new Int32Array(1 << 12);

/**
 * How many of them, wrong only by too many: eleven of twelve runs of other texts end here. None of these steps waits for the one before
 * it, so that the processor asks the memory for many at once.
 */
const likelyAmong = ({ filter, shift }: Table, hashes: Int32Array, length: number): number => {
  if (likely.length < length) likely = new Int32Array(length);
  const into = likely;
  let count = 0;
  for (let index = 0; index < length; index += 1) {
    const bit = spread(kept(hashes[index] as number)) >>> shift;
    into[count] = index;
    count += ((filter[bit >>> 5] as number) >>> (bit & 31)) & 1;
  }
  return count;
};

/** Cheap, and wrong only by saying yes: nearly all others end here. */
const holds = (table: Table, given: number): boolean => {
  const { slots, hashes } = table;
  const hash = kept(given);
  for (let slot = firstSlot(table, hash); ; slot = slot + 1 === slots ? 0 : slot + 1) {
    const found = hashes[slot];
    if (found === 0) return false;
    if (found === hash) return true;
  }
};

const eachMatch = (
  table: Table,
  given: number,
  check: number,
  visit: (number: number, position: number) => void,
): void => {
  const { slots, hashes, places, checks } = table;
  const hash = kept(given);
  for (let slot = firstSlot(table, hash); isTaken(table, slot); slot = slot + 1 === slots ? 0 : slot + 1) {
    if (hashes[slot] !== hash || ((checks[slot] ?? 0) & CHECK_MASK) !== check) continue;
    visit(ownerIn(table, slot) - 1, (places[slot] ?? 0) >>> 16);
  }
};

/** Hash, check, article's number and position of each living entry. */
const rowsOf = (table: Table, articles: readonly (ArticleFacts | undefined)[]): number[] => {
  const rows: number[] = [];
  for (let slot = 0; slot < table.slots; slot += 1) {
    const owner = ownerIn(table, slot);
    if (owner === 0 || articles[owner - 1] === undefined) continue;
    const { hashes, places, checks } = table;
    rows.push(hashes[slot] ?? 0, (checks[slot] ?? 0) & CHECK_MASK, owner - 1, (places[slot] ?? 0) >>> 16);
  }
  return rows;
};

const thinned = (rows: number[], window: number): number[] => {
  if (window === WINDOW) return rows;
  const order = Array.from({ length: rows.length / 4 }, (_, index) => index * 4).sort(
    (one, other) =>
      (rows[one + 2] ?? 0) - (rows[other + 2] ?? 0) || (rows[one + 3] ?? 0) - (rows[other + 3] ?? 0),
  );
  const kept: number[] = [];
  for (let from = 0; from < order.length; ) {
    let to = from;
    const number = rows[(order[from] ?? 0) + 2];
    while (to < order.length && rows[(order[to] ?? 0) + 2] === number) to += 1;
    const own = order.slice(from, to);
    const inText = own.filter((at) => rows[at + 3] !== PUBLIC);
    const winners = winnersOf(
      inText.map((at) => [rows[at + 3] ?? 0, rows[at] ?? 0] as const),
      window,
    );
    for (const at of [
      ...own.filter((at) => rows[at + 3] === PUBLIC),
      ...inText.filter((_, index) => winners.has(index)),
    ])
      kept.push(rows[at] ?? 0, rows[at + 1] ?? 0, rows[at + 2] ?? 0, rows[at + 3] ?? 0);
    from = to;
  }
  return kept;
};

const thinnedBuffer = (fingerprints: Buffer, window: number): Buffer => {
  const places = Array.from({ length: fingerprints.length / FINGERPRINT_BYTES }, (_, index) => {
    const from = index * FINGERPRINT_BYTES;
    return [fingerprints.readUInt16LE(from + 8), fingerprints.readInt32LE(from)] as const;
  });
  const winners = winnersOf(places, window);
  return Buffer.concat(
    [...winners].map((index) =>
      fingerprints.subarray(index * FINGERPRINT_BYTES, (index + 1) * FINGERPRINT_BYTES),
    ),
  );
};

/**
 * Of fingerprints `[position, hash]` in order, those that a wider window keeps: each is the smallest, and the rightmost of equals, of some
 * stretch of `window` neighbouring runs. What isn't kept in the narrower window is never smaller than what is.
 */
const winnersOf = (places: readonly (readonly [number, number])[], window: number): ReadonlySet<number> => {
  const winners = new Set<number>();
  for (const [index, [position, hash]] of places.entries()) {
    let left = index - 1;
    while (left >= 0 && (places[left]?.[1] ?? 0) > hash) left -= 1;
    let right = index + 1;
    while (right < places.length && (places[right]?.[1] ?? 0) > hash) right += 1;
    // Smaller neighbours hem it in: a window of its own has to fit between them.
    const from = left < 0 ? Number.NEGATIVE_INFINITY : (places[left]?.[0] ?? 0);
    const to = right >= places.length ? Number.POSITIVE_INFINITY : (places[right]?.[0] ?? 0);
    if (to - from > window && position - from >= 0) winners.add(index);
  }
  return winners;
};
