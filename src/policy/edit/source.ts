/** A policy's text, open for one edit. */
import { firstNamed, type PolicyFault } from '../policy-fault.ts';
import { readYaml } from '../read-yaml.ts';
import { placeFor } from './key-order.ts';
import { rewrite } from './rewrite.ts';
import {
  type Changes,
  type Entry,
  isRaw,
  nextValue,
  type Raw,
  type WrittenPolicy,
} from './written-policy.ts';

export interface Source {
  readonly policy: WrittenPolicy;
  /** undefined when this way of reading the text isn't sure of the result. */
  write(changes: Changes): string | undefined;
}

export type OpenedSource =
  | { readonly kind: 'open'; readonly source: Source }
  | { readonly kind: 'unreadable'; readonly faults: readonly PolicyFault[] }
  | { readonly kind: 'misshapen' };

/** Reads all of it: right for every way of writing a policy. */
export const openWhole = (text: string, fileName: string): OpenedSource => {
  const read = readYaml(text);
  if (read.kind === 'unreadable' || read.findings.length > 0) {
    const faults = read.findings.map(({ place, ...finding }) => ({
      ...finding,
      ...place,
      file: fileName,
      path: '',
    }));
    return { kind: 'unreadable', faults: firstNamed(faults) };
  }
  const value: unknown = read.text.value ?? {};
  if (!isRaw(value)) return { kind: 'misshapen' };
  const entries = entriesOf(value.rules);
  return {
    kind: 'open',
    source: {
      policy: { section: (name) => sectionOf(value, name), rules: () => entries },
      write: (changes) =>
        rewrite(text, read.text.value, changed(value, changes), { madeFrom: originsIn(changes) }),
    },
  };
};

export const sectionOf = (value: Raw, name: string): unknown =>
  Object.hasOwn(value, name) ? value[name] : undefined;

/** undefined for what isn't a list. */
export const entriesOf = (rules: unknown): readonly Entry[] | undefined => {
  if (rules === undefined) return [];
  return Array.isArray(rules)
    ? rules.map((value: unknown) => ({ mentions: () => true, value: () => value }))
    : undefined;
};

export const originsIn = ({ rules = [] }: Changes): ReadonlyMap<unknown, unknown> =>
  new Map(
    rules.flatMap(({ of, value }) => (of && value !== undefined ? [[value, of.value()] as const] : [])),
  );

const changed = (value: Raw, { sections = {}, rules }: Changes): Raw => {
  const all: Raw = { ...value, ...sections, ...(rules ? { rules: rules.map(nextValue) } : {}) };
  const order: string[] = [];
  for (const key of Object.keys(all)) order.splice(placeFor(key, order), 0, key);
  return Object.fromEntries(
    order.map((key) => [key, all[key]]).filter(([, section]) => section !== undefined),
  );
};
