/** What a request's parameters may be, checked as Stripe checks them: unknown, missing and malformed ones are refused by name. */
import type { Raw, RawFields } from './form.ts';
import { invalid } from './refusal.ts';

/** Reads a value that is there. `name` is how the request writes it: `items[0][price]`. */
export type Reader<T> = (raw: Raw, name: string) => T;
/** A parameter that must be there. */
interface Required<T> {
  readonly required: Reader<T>;
}
export type Fields = Readonly<Record<string, Reader<unknown> | Required<unknown>>>;
/** Of a set of fields: those that aren't required may be undefined. */
export type Values<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Required<infer T>
    ? T
    : F[K] extends Reader<infer T>
      ? T | undefined
      : never;
};

/** @throws Refusal naming the first parameter that is at fault. */
export const readParameters = <F extends Fields>(raw: RawFields, fields: F, inside = ''): Values<F> => {
  const nameOf = (key: string) => (inside === '' ? key : `${inside}[${key}]`);
  for (const key of Object.keys(raw)) {
    if (!Object.hasOwn(fields, key))
      throw invalid(`Received unknown parameter: ${nameOf(key)}`, nameOf(key), 'parameter_unknown');
  }
  const values = Object.entries(fields).map(([key, field]) => {
    const given = raw[key];
    const reader = typeof field === 'function' ? field : field.required;
    if (given !== undefined) return [key, reader(given, nameOf(key))];
    if (typeof field === 'function') return [key, undefined];
    throw invalid(`Missing required param: ${nameOf(key)}.`, nameOf(key), 'parameter_missing');
  });
  return Object.fromEntries(values) as Values<F>;
};

export const required = <T>(reader: Reader<T>): Required<T> => ({ required: reader });

/** A text that isn't empty. */
export const text: Reader<string> = (raw, name) => {
  const given = plain(raw, name);
  if (given === '')
    throw invalid(
      `${name} was given as an empty text; leave it out or give it a value.`,
      name,
      'parameter_invalid_empty',
    );
  if (given.length > 5_000) throw invalid(`${name} is longer than 5000 characters.`, name);
  return given;
};

/** Empty takes the value away: null. */
export const emptiable =
  <T>(reader: Reader<T>): Reader<T | null> =>
  (raw, name) =>
    raw === '' ? null : reader(raw, name);

export const integer =
  ({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = {}): Reader<number> =>
  (raw, name) => {
    const given = plain(raw, name);
    if (!/^-?\d{1,15}$/.test(given))
      throw invalid(`Invalid integer: ${given}`, name, 'parameter_invalid_integer');
    const number = Number(given);
    if (number < min) throw invalid(`${name} must be at least ${min}.`, name, 'parameter_invalid_integer');
    if (number > max) throw invalid(`${name} must be at most ${max}.`, name, 'parameter_invalid_integer');
    return number;
  };

/** Digits with a fraction, as text: amounts below the smallest unit are never a float. */
export const decimal: Reader<string> = (raw, name) => {
  const given = plain(raw, name);
  if (!/^-?\d{1,15}(\.\d{1,12})?$/.test(given)) throw invalid(`Invalid decimal: ${given}`, name);
  return given;
};

export const flag: Reader<boolean> = (raw, name) => {
  const given = plain(raw, name);
  if (given !== 'true' && given !== 'false') throw invalid(`Invalid boolean: ${given}`, name);
  return given === 'true';
};

export const oneOf =
  <const T extends string>(...allowed: readonly T[]): Reader<T> =>
  (raw, name) => {
    const given = plain(raw, name);
    const found = allowed.find((one) => one === given);
    if (found === undefined) throw invalid(`Invalid ${name}: must be one of ${allowed.join(', ')}`, name);
    return found;
  };

export const list =
  <T>(reader: Reader<T>): Reader<readonly T[]> =>
  (raw, name) => {
    if (raw === '') return [];
    if (typeof raw === 'string') throw invalid(`Invalid array: ${name}`, name);
    const keys = Object.keys(raw).sort((left, right) => Number(left) - Number(right));
    return keys.map((key) => {
      if (!/^\d{1,4}$/.test(key)) throw invalid(`Invalid array: ${name}`, name);
      return reader(raw[key] ?? '', `${name}[${key}]`);
    });
  };

export const shape =
  <F extends Fields>(fields: F): Reader<Values<F>> =>
  (raw, name) => {
    if (typeof raw === 'string') throw invalid(`Invalid object: ${name}`, name);
    return readParameters(raw, fields, name);
  };

/** Names of its own choice. */
export const record =
  <T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> =>
  (raw, name) => {
    if (typeof raw === 'string') throw invalid(`Invalid object: ${name}`, name);
    return Object.fromEntries(
      Object.entries(raw).map(([key, value]) => [key, reader(value, `${name}[${key}]`)]),
    );
  };

/** One or the other, by whether it is written with brackets. */
export const either =
  <A, B>(plainly: Reader<A>, nested: Reader<B>): Reader<A | B> =>
  (raw, name) =>
    typeof raw === 'string' ? plainly(raw, name) : nested(raw, name);

/** An empty value takes the key away, and an empty `metadata` all of them. */
export type MetadataChange = Readonly<Record<string, string>> | null;
export const metadata: Reader<MetadataChange> = (raw, name) => {
  if (raw === '') return null;
  const given = record(plain)(raw, name);
  for (const [key, value] of Object.entries(given)) {
    if (key.length > 40) throw invalid(`Metadata keys have at most 40 characters: ${key}`, `${name}[${key}]`);
    if (value.length > 500) throw invalid('Metadata values have at most 500 characters.', `${name}[${key}]`);
  }
  if (Object.keys(given).length > 50) throw invalid('Metadata has at most 50 keys.', name);
  return given;
};

export const applyMetadata = (
  before: Readonly<Record<string, string>>,
  change: MetadataChange | undefined,
): Readonly<Record<string, string>> => {
  if (change === undefined) return before;
  if (change === null) return {};
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== ''));
};

export interface TimeRange {
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
}

/** `created`: a second, or bounds. */
export const timeRange: Reader<TimeRange> = (raw, name) => {
  const second = integer();
  if (typeof raw === 'string') {
    const exactly = second(raw, name);
    return { gte: exactly, lte: exactly };
  }
  const { gt, gte, lt, lte } = readParameters(
    raw,
    { gt: second, gte: second, lt: second, lte: second },
    name,
  );
  return {
    ...(gt === undefined ? {} : { gt }),
    ...(gte === undefined ? {} : { gte }),
    ...(lt === undefined ? {} : { lt }),
    ...(lte === undefined ? {} : { lte }),
  };
};

const plain: Reader<string> = (raw, name) => {
  if (typeof raw !== 'string') throw invalid(`Invalid string: ${name} was given as an object.`, name);
  return raw;
};
