/** Form-encoded parameters with Stripe's brackets, decoded to nested texts: `items[0][price]=x` is `{ items: { 0: { price: 'x' } } }`. */

/** A list is a record whose keys are its places. */
export type Raw = string | RawFields;
export interface RawFields {
  readonly [name: string]: Raw;
}

type Growing = Map<string, string | Growing>;

/** Undefined: not decodable, or one name is a text and a record at once. */
export const decodeForm = (text: string): RawFields | undefined => {
  const root: Growing = new Map();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const [name, value] = pairOf(pair);
    if (name === undefined || value === undefined) return undefined;
    const path = pathOf(name);
    if (!path || !place(root, path, value)) return undefined;
  }
  return settle(root);
};

const pairOf = (pair: string): readonly [string | undefined, string | undefined] => {
  const cut = pair.indexOf('=');
  const [name, value] = cut < 0 ? [pair, ''] : [pair.slice(0, cut), pair.slice(cut + 1)];
  return [decode(name), decode(value)];
};

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};

const deepest = 12;

const pathOf = (name: string): readonly string[] | undefined => {
  const head = /^[^[\]]+/.exec(name)?.[0];
  if (head === undefined) return undefined;
  const rest = name.slice(head.length);
  if (!/^(\[[^[\]]*\])*$/.test(rest)) return undefined;
  const path = [head, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, inner = '']) => inner)];
  return path.length > deepest ? undefined : path;
};

const place = (root: Growing, path: readonly string[], value: string): boolean => {
  let at = root;
  for (const [depth, step] of path.entries()) {
    // `types[]=a&types[]=b`: each takes the next place.
    const key = step === '' ? String(at.size) : step;
    if (depth === path.length - 1) {
      if (at.get(key) instanceof Map) return false;
      at.set(key, value);
      return true;
    }
    const inner = at.get(key) ?? new Map<string, string | Growing>();
    if (!(inner instanceof Map)) return false;
    at.set(key, inner);
    at = inner;
  }
  return true;
};

// Records without a prototype: a parameter may be called `constructor` or `__proto__`.
const settle = (growing: Growing): RawFields => {
  const fields: Record<string, Raw> = Object.create(null);
  for (const [name, value] of growing) fields[name] = value instanceof Map ? settle(value) : value;
  return fields;
};
