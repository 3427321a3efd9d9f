/** What the addresses of a site's articles have in common, as globs; and which of them other pages share. */

export interface Shape {
  readonly glob: string;
  readonly articles: readonly string[];
  /** Paths of pages that aren't articles, and would be by this glob. */
  readonly others: readonly string[];
}

/** Where several names stand for sections, rather than for one each. */
const mostNames = 12;

/** Paths without queries. Whether a glob that covers nearly everything is worth having, whoever asks judges by `others`. */
export const shapesOf = (articles: readonly string[], others: readonly string[]): readonly Shape[] => {
  const groups = new Map<string, string[]>();
  for (const path of articles) {
    const key = globOf(path);
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  return widened(groups)
    .map(([glob, paths]) => ({ glob: withEnding(glob, paths), paths }))
    .map(({ glob, paths }) => ({
      glob,
      articles: paths,
      others: others.filter((path) => covers(glob, path)),
    }))
    .sort((a, b) => b.articles.length - a.articles.length || (a.glob < b.glob ? -1 : 1));
};

/** The first names stay; what is a year, a day or the last of them doesn't. */
const globOf = (path: string): string => {
  const names = namesIn(path);
  return `/${names
    .map((name, at) => {
      if (at === names.length - 1) return '*';
      if (/^20\d\d$/.test(name)) return '20[0-9][0-9]';
      return /^\d+$/.test(name) || !isPlain(name) ? '*' : name;
    })
    .join('/')}`;
};

/** More names than a site has sections are articles' own, or their writers'. */
const widened = (groups: ReadonlyMap<string, readonly string[]>): [string, readonly string[]][] => {
  const byForm = new Map<string, [string, readonly string[]][]>();
  for (const [glob, paths] of groups) {
    const form = namesIn(glob)
      .map((name, at) => (at === 0 || /[*[]/.test(name) ? name : '*'))
      .join('/');
    byForm.set(form, [...(byForm.get(form) ?? []), [glob, paths]]);
  }
  return [...byForm].flatMap(([form, parts]): [string, readonly string[]][] =>
    parts.length > mostNames ? [[`/${form}`, parts.flatMap(([, paths]) => paths)]] : parts,
  );
};

const withEnding = (glob: string, paths: readonly string[]): string => {
  const endings = new Set(paths.map((path) => /\.(?:s?html?|php|aspx?)$/i.exec(path)?.[0] ?? ''));
  const [only = ''] = endings;
  return endings.size === 1 ? `${glob}${only}` : glob;
};

/** By the signs that are written here, and no others. */
export const covers = (glob: string, path: string): boolean => {
  const [wanted, names] = [namesIn(glob), namesIn(path)];
  return (
    wanted.length === names.length &&
    wanted.every((name, at) => {
      const there = names[at] ?? '';
      if (name === '20[0-9][0-9]') return /^20\d\d$/.test(there);
      return name.startsWith('*') ? there.endsWith(name.slice(1)) : name === there;
    })
  );
};

const namesIn = (path: string): readonly string[] => path.split('/').filter((name) => name !== '');

/** As it is in a glob, and in a comment. */
const isPlain = (name: string): boolean => /^[\w.~%-]{1,80}$/.test(name);
