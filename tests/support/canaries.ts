/** Pieces of withheld text, and a search that finds them however a response has wrapped them up. */

/** An article as its author wrote it, before any server touched it. */
export interface SourceArticle {
  /** Canonical address on the site. */
  readonly path: string;
  readonly title: string;
  /** The text, block by block, without markup. */
  readonly blocks: readonly string[];
  /** Characters that its preview gives away; all of them when it is open. */
  readonly givenAway: number;
}

export interface Canary {
  readonly article: string;
  /** Exactly `canaryLength` characters. */
  readonly text: string;
}

export const canaryLength = 60;

/**
 * At each start of a sentence, and at the end of each block, behind the cut. Those that stand in public text as well are
 * left out: a refrain proves nothing.
 *
 * @param publicTexts what everybody may read anyway: titles, summaries, excerpts.
 */
export const canariesOf = (
  articles: readonly SourceArticle[],
  publicTexts: readonly string[] = [],
): readonly Canary[] => {
  const all = articles.flatMap((article) =>
    behindTheCut(article).map((text) => ({ article: article.path, text })),
  );
  const openly = [...publicTexts, ...articles.flatMap((article) => [article.title, beforeTheCut(article)])];
  const search = createSearch(all);
  const harmless = new Set([
    ...openly.flatMap((text) => search.within(normalised(text))),
    ...articles.flatMap((article) => ofOthers(search, article)),
  ]);
  return all.filter((canary) => !harmless.has(canary));
};

/** Words that two articles share don't tell which of them was given away. */
const ofOthers = (search: Search, { path, blocks }: SourceArticle): readonly Canary[] =>
  blocks.flatMap((block) => search.within(normalised(block))).filter(({ article }) => article !== path);

/** Servers may count the breaks between blocks as characters or not; this much is nobody's fault. */
const tolerance = 120;

const behindTheCut = ({ blocks, givenAway }: SourceArticle): readonly string[] => {
  const found = new Set<string>();
  let passed = 0;
  for (const block of blocks.map(normalised)) {
    const hidden = remainderOf(block, Math.max(0, givenAway + tolerance - passed));
    passed += lengthOf(block);
    for (const start of sentenceStarts(hidden)) {
      if (hidden.length - start >= canaryLength) found.add(hidden.slice(start, start + canaryLength));
    }
    if (hidden.length >= canaryLength) found.add(hidden.slice(-canaryLength));
  }
  return [...found];
};

const beforeTheCut = ({ blocks, givenAway }: SourceArticle): string => {
  const text = blocks.map(normalised).join(' ');
  return text.slice(0, text.length - remainderOf(text, givenAway + tolerance).length);
};

/** Looked up once: in the context that tests run in, finding `Math` costs more than the sum. */
const { imul } = Math;

const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** In characters as a reader counts them. */
const lengthOf = (text: string): number => [...clusters.segment(text)].length;

const remainderOf = (text: string, given: number): string => {
  if (!Number.isFinite(given)) return '';
  if (given === 0) return text;
  let seen = 0;
  for (const { index } of clusters.segment(text)) {
    if (seen === given) return text.slice(index);
    seen += 1;
  }
  return '';
};

const sentenceStarts = (text: string): readonly number[] => [
  0,
  ...[...text.matchAll(/[.!?。！？؟][”’"'»」）)]*\s*/g)].map(({ index, 0: end }) => index + end.length),
];

export interface Search {
  /** In the text as it is. */
  within(text: string): readonly Canary[];
  /** In the text and in all that it can be unwrapped to. */
  anywhereIn(text: string): readonly Canary[];
}

/** Tells by a rolling hash, so that thousands of canaries cost no more than one. */
export const createSearch = (canaries: readonly Canary[]): Search => {
  const byText = new Map<string, Canary[]>();
  for (const canary of canaries) byText.set(canary.text, [...(byText.get(canary.text) ?? []), canary]);
  const hashes = new Set([...byText.keys()].map(hashOf));
  // Nearly every position is told apart by one look into this table.
  const likely = new Uint8Array(1 << 20);
  for (const hash of hashes) likely[hash >>> 12] = 1;

  const within = (text: string): readonly Canary[] => {
    const found: Canary[] = [];
    let hash = 0;
    for (let end = 0; end < text.length; end += 1) {
      hash = (imul(hash, base) + text.charCodeAt(end)) | 0;
      if (end >= canaryLength) hash = (hash - imul(leading, text.charCodeAt(end - canaryLength))) | 0;
      if (end < canaryLength - 1 || likely[hash >>> 12] === 0 || !hashes.has(hash)) continue;
      found.push(...(byText.get(text.slice(end + 1 - canaryLength, end + 1)) ?? []));
    }
    return found;
  };
  return {
    within,
    anywhereIn: (text) => {
      const views = unwrapped(text).flatMap((view) => [normalised(view), normalised(withoutTags(view))]);
      return [...new Set([...new Set(views)].flatMap(within))];
    },
  };
};

const base = 0x01000193;
const leading = ((): number => {
  let power = 1;
  for (let count = 0; count < canaryLength; count += 1) power = imul(power, base);
  return power;
})();

const hashOf = (text: string): number => {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (imul(hash, base) + text.charCodeAt(at)) | 0;
  return hash;
};

/** The text and what comes out of it by up to two unwrappings, in any order: HTML inside JSON, JSON inside a script… */
const unwrapped = (text: string): readonly string[] => {
  const views = new Set([text]);
  let latest = [text];
  for (let depth = 0; depth < 2; depth += 1) {
    latest = latest.flatMap((view) => unwrappings.flatMap((unwrap) => unwrap(view)));
    latest = latest.filter((view) => !views.has(view));
    for (const view of latest) views.add(view);
  }
  return [...views];
};

const entityNames: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', shy: '' },
  ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', hellip: '…', mdash: '—', ndash: '–' },
};

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name) return entityNames[name.toLowerCase()] ?? whole;
    const point = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });

const decodeEscapes = (text: string): string =>
  text.replace(/\\(?:u([\da-f]{4})|x([\da-f]{2})|(["'\\/nrt]))/gi, (_whole, wide, narrow, plain) => {
    if (plain) return /[nrt]/i.test(plain) ? ' ' : plain;
    return String.fromCharCode(Number.parseInt(wide ?? narrow, 16));
  });

const decodePercent = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));

/** At each of the four places where a group of characters may begin. */
const decodeBase64 = (text: string): string[] =>
  [...text.matchAll(/[A-Za-z\d+/_-]{80,}/g)].flatMap(([run]) =>
    [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64').toString('utf8')),
  );

const unwrappings: readonly ((text: string) => string | string[])[] = [
  decodeEntities,
  decodeEscapes,
  decodePercent,
  (text) => decodePercent(text.replaceAll('+', ' ')),
  decodeBase64,
];

/** Tags inside a line vanish; all others part words. */
const withoutTags = (text: string): string =>
  text
    .replace(/<\/?(?:a|abbr|b|bdi|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|time|u)\b[^>]*>/gi, '')
    .replace(/<[^>]*>/g, ' ');

/** One blank for any run of them, none of the characters that nobody sees, and quotation marks as typed. */
export const normalised = (text: string): string =>
  text
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
