/** A policy's text of which only what an edit asks for is parsed: an edit of one rule out of thousands takes no longer. */
import { readYaml } from '../read-yaml.ts';
import { arrange, type Placed } from './arrange.ts';
import { placeFor } from './key-order.ts';
import { block, inline } from './render.ts';
import { rewrite } from './rewrite.ts';
import { sameWritten } from './same-written.ts';
import { entriesOf, originsIn, type Source } from './source.ts';
import { marginOf, type Part, type Section, splitEntries, splitSections } from './split-text.ts';
import { breakOf } from './text-lines.ts';
import { type Changes, type Entry, isRaw, type NextEntry, nextValue } from './written-policy.ts';

export interface SplitSource extends Source {
  /** Whether something that was read turned out not to be what its lines looked like: nothing of this is to be used. */
  failed(): boolean;
}

/** undefined when the text can't be split. */
export const openSplit = (text: string): SplitSource | undefined => {
  const sections = splitSections(text);
  if (!sections) return undefined;
  let failed = false;
  const fail = (): undefined => {
    failed = true;
  };
  const bySection = new Map(sections.map((section) => [section.key, section]));
  const values = new Map<string, unknown>();
  const sectionValue = (key: string): unknown => {
    const section = bySection.get(key);
    if (section && !values.has(key)) values.set(key, readSection(text, section) ?? fail());
    const value = values.get(key);
    return isRaw(value) ? value[key] : undefined;
  };
  const rules = openRules(text, bySection.get('rules'), fail);
  return {
    failed: () => failed,
    policy: { section: sectionValue, rules: () => rules?.entries ?? entriesOf(sectionValue('rules')) },
    write: (changes) => writeSections(text, sections, changes, { sectionValue, rules }),
  };
};

const readSection = (text: string, { start, end }: Section): unknown => {
  const read = readYaml(text.slice(start, end));
  return read.kind === 'read' && read.findings.length === 0 ? read.text.value : undefined;
};

interface Rules {
  readonly section: Section;
  readonly parts: readonly Part[];
  readonly column: number;
  readonly entries: readonly Entry[];
  readonly indexOf: ReadonlyMap<Entry, number>;
}

const openRules = (text: string, section: Section | undefined, fail: () => undefined): Rules | undefined => {
  const split = section && splitEntries(text, section);
  if (!section || !split) return undefined;
  const entries = split.entries.map((part): Entry => {
    const written = text.slice(part.start, part.end);
    let kept: { readonly value: unknown } | undefined;
    return {
      // A backslash may write any letter in another way.
      mentions: (word) => written.includes(word) || written.includes('\\'),
      value: () => {
        kept ??= { value: readEntry(`${marginOf(text, part)}${written}`) ?? fail() };
        return kept.value;
      },
    };
  });
  const indexOf = new Map(entries.map((entry, index) => [entry, index]));
  return { section, parts: split.entries, column: split.column, entries, indexOf };
};

const readEntry = (text: string): unknown => {
  const read = readYaml(text);
  if (read.kind !== 'read' || read.findings.length > 0 || !Array.isArray(read.text.value)) return undefined;
  return read.text.value.length === 1 ? read.text.value[0] : undefined;
};

interface Readings {
  sectionValue(key: string): unknown;
  readonly rules: Rules | undefined;
}

const writeSections = (
  text: string,
  sections: readonly Section[],
  { sections: changed = {}, rules: nextRules }: Changes,
  { sectionValue, rules }: Readings,
): string | undefined => {
  const order: (Placed & { readonly key: string })[] = [];
  const write = (section: Section): string | undefined => {
    const { key, start, end } = section;
    const written = text.slice(start, end);
    if (key === 'rules' && nextRules && rules && nextRules.length > 0)
      return writeRules(text, rules, nextRules);
    const isRules = key === 'rules' && nextRules !== undefined;
    if (!isRules && !Object.hasOwn(changed, key)) return written;
    const next = isRules ? nextRules.map(nextValue) : changed[key];
    const madeFrom = originsIn({ rules: nextRules ?? [] });
    return rewrite(written, { [key]: sectionValue(key) }, { [key]: next }, { madeFrom });
  };
  for (const [from, section] of sections.entries()) {
    if (Object.hasOwn(changed, section.key) && changed[section.key] === undefined) continue;
    const part = write(section);
    if (part === undefined) return undefined;
    order.push({ from, text: part, key: section.key });
  }
  const there = new Set(sections.map(({ key }) => key));
  const firstRules = nextRules?.length && !there.has('rules') ? { rules: nextRules.map(nextValue) } : {};
  for (const [key, value] of Object.entries({ ...changed, ...firstRules })) {
    if (value === undefined || there.has(key)) continue;
    const at = placeFor(
      key,
      order.map((placed) => placed.key),
    );
    order.splice(at, 0, { key, text: block({ [key]: value }, 0, breakOf(text), 3) });
  }
  return order.length === 0 ? undefined : joined(text, sections, order, breakOf(text).repeat(2));
};

const joined = (text: string, parts: readonly Part[], order: readonly Placed[], newGap: string): string => {
  const contents = parts.map(({ start, end }) => text.slice(start, end));
  const gaps = parts.slice(1).map(({ start }, index) => text.slice(parts[index]?.end, start));
  const before = text.slice(0, parts[0]?.start);
  return `${before}${arrange({ contents, gaps }, order, newGap)}${text.slice(parts.at(-1)?.end)}`;
};

/** The section with its rules in another order, or with others. */
const writeRules = (text: string, rules: Rules, next: readonly NextEntry[]): string | undefined => {
  const { section, parts, column, indexOf } = rules;
  const margin = ' '.repeat(column);
  const eol = breakOf(text);
  const inFlow = parts.every(({ start, end }) => /^(?:#.*\r?\n *)*-\s+\{/.test(text.slice(start, end)));
  const order: Placed[] = [];
  for (const { of, value } of next) {
    const from = of && indexOf.get(of);
    const part = from === undefined ? undefined : parts[from];
    if (!of || from === undefined || !part) {
      const lines = inFlow ? `- ${inline(value)}` : block([value], column, eol, 2);
      if (!sameWritten(readEntry(`${margin}${lines}`), value)) return undefined;
      order.push({ text: lines });
      continue;
    }
    const own = marginOf(text, part);
    const written = `${own}${text.slice(part.start, part.end)}`;
    const rewritten =
      value === undefined ? written : rewrite(written, [of.value()], [value], rewriteOptions(value, of));
    if (rewritten === undefined) return undefined;
    order.push({ from, text: rewritten.slice(own.length) });
  }
  const whole = joined(text.slice(0, section.end), parts, order, `${eol}${margin}`);
  return whole.slice(section.start);
};

const rewriteOptions = (value: unknown, of: Entry) => ({
  path: ['rules'],
  madeFrom: new Map([[value, of.value()]]),
});
