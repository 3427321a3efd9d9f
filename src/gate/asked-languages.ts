/** `Accept-Language` in one spelling: whoever wants the same languages in the same order has the same copy. */

interface Wanted {
  readonly tag: string;
  readonly weight: number;
}

/**
 * Lower case, the most wanted first, without weights: `de-DE,de;q=0.9,en;q=0.8` and `de-de, de, en` are alike.
 * @param offered the site's languages; what readers want is reduced to the first that it has. Empty: not reduced
 * @returns what to ask with; undefined where nothing is wanted that could be named
 */
export const askedLanguages = (header: string, offered: readonly string[]): string | undefined => {
  const wanted = wantedIn(header);
  if (offered.length > 0) return firstOffered(wanted, offered);
  // The weights are for a program that understands them; most take the first that they know.
  return wanted.length === 0 ? undefined : wanted.map(weighted).join(',');
};

/** Only what is wanted first, without its region: where an address has too many copies already. */
export const mainLanguage = (header: string, offered: readonly string[]): string | undefined => {
  if (offered.length > 0) return askedLanguages(header, offered);
  const main = wantedIn(header)[0]?.tag.split('-', 1)[0];
  return main?.length === 2 ? main : undefined;
};

const mostWanted = 10;
const longestHeader = 500;

const wantedIn = (header: string): readonly Wanted[] => {
  const seen = new Set<string>();
  return header
    .slice(0, longestHeader)
    .split(',')
    .flatMap((part): readonly Wanted[] => {
      const [, tag, weight] = wantedPart.exec(part) ?? [];
      return tag === undefined || tag === '*'
        ? []
        : [{ tag: tag.toLowerCase(), weight: Number(weight ?? 1) }];
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .filter(({ tag }) => !seen.has(tag) && seen.add(tag))
    .slice(0, mostWanted);
};

const wantedPart = /^\s*(\*|[a-z]{2,8}(?:-[a-z\d]{1,8}){0,3})\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/i;

/** Ten at most, so that each has a weight of its own with one digit. */
const weighted = ({ tag }: Wanted, index: number): string =>
  index === 0 ? tag : `${tag};q=${(1 - index / 10).toFixed(1)}`;

/** RFC 4647, 3.4: `de-AT` finds `de`; and a wish for `de` is met by `de-CH`, where the site has no other. */
const firstOffered = (wanted: readonly Wanted[], offered: readonly string[]): string | undefined => {
  const tags = offered.map((tag) => tag.toLowerCase());
  for (const { tag } of wanted) {
    for (let range = tag; range !== ''; range = range.slice(0, Math.max(0, range.lastIndexOf('-'))))
      if (tags.includes(range)) return range;
    const wider = tags.find((each) => each.startsWith(`${tag}-`));
    if (wider !== undefined) return wider;
  }
  return undefined;
};
