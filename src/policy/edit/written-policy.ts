/** A policy's text as edits see it: plain values by section, and rules that are only read when somebody asks for them. */

export interface WrittenPolicy {
  /** undefined where nothing is written. */
  section(name: string): unknown;
  /** Entries of `rules`; undefined where something else than a list stands there. */
  rules(): readonly Entry[] | undefined;
}

export interface Entry {
  /** Whether the word may be in it; false is sure. */
  mentions(word: string): boolean;
  value(): unknown;
}

/** A rule as it will be: as it was (`of`), changed (both), or new (`value`). */
export interface NextEntry {
  readonly of?: Entry;
  readonly value?: unknown;
}

export interface Changes {
  /** New values; undefined takes the section away. */
  readonly sections?: Readonly<Record<string, unknown>>;
  readonly rules?: readonly NextEntry[];
}

export type Raw = Readonly<Record<string, unknown>>;

export const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const nextValue = ({ of, value }: NextEntry): unknown => (value === undefined ? of?.value() : value);

/** With the fields that are given, without those that are null. */
export const withFields = (before: Raw, set: Raw): Raw =>
  Object.fromEntries(
    [...Object.entries(before).filter(([key]) => !Object.hasOwn(set, key)), ...Object.entries(set)].filter(
      ([, value]) => value !== null && value !== undefined,
    ),
  );

/** The texts of a list, or the one text. */
export const textsIn = (value: unknown): readonly string[] => {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === 'string');
};
