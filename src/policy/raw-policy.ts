/** A tolerant look into a policy as written, so that references can be checked even where shapes are still wrong. */
import type { Path } from './policy-fault.ts';

export interface Written {
  readonly value: unknown;
  readonly at: Path;
}

export const at = ({ value, at: path }: Written, key: string): Written => ({
  value: isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined,
  at: [...path, key],
});

export const isGiven = ({ value }: Written): boolean => value !== undefined;

/** The entries of a list; none when it isn't one. */
export const entries = ({ value, at: path }: Written): readonly Written[] =>
  Array.isArray(value) ? value.map((entry: unknown, index) => ({ value: entry, at: [...path, index] })) : [];

export const isEntry = ({ value }: Written): boolean => isMapping(value);

/** The texts of a list, or the one text. */
export const texts = (written: Written): readonly { readonly text: string; readonly at: Path }[] => {
  const all = typeof written.value === 'string' ? [written] : entries(written);
  return all.flatMap(({ value, at: path }) => (typeof value === 'string' ? [{ text: value, at: path }] : []));
};

export const members = ({ value, at: path }: Written): readonly (Written & { readonly key: string })[] =>
  isMapping(value)
    ? Object.entries(value).map(([key, member]) => ({ key, value: member, at: [...path, key] }))
    : [];

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
