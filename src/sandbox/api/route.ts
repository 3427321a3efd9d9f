/** A route of the API: what it answers to, which parameters it takes, and what it does. */
import type { Books } from '../ledger/books.ts';
import type { RawFields } from './form.ts';
import { type Fields, readParameters, type Values } from './parameters.ts';

export type Method = 'DELETE' | 'GET' | 'POST';

export interface Route {
  readonly method: Method;
  /** `/v1/customers/:id`. */
  readonly path: string;
  /** Reads and checks the parameters, then does what is asked; nothing has changed when it throws for a parameter. */
  answer(books: Books, id: string, raw: RawFields, inner: string): object;
}

interface Call<F extends Fields> {
  readonly books: Books;
  /** The address's `:id`; empty where it has none. */
  readonly id: string;
  /** The address's second name, as in `/v1/products/:id/features/:inner`. */
  readonly inner: string;
  readonly given: Values<F>;
}

export const route = <const F extends Fields>(
  method: Method,
  path: string,
  fields: F,
  answer: (call: Call<F>) => object,
): Route => ({
  method,
  path,
  answer: (books, id, raw, inner) => answer({ books, id, inner, given: readParameters(raw, fields) }),
});

export interface FoundRoute {
  readonly route: Route;
  readonly id: string;
  readonly inner: string;
}

/** The first of the routes that the address fits, so that fixed words come before names. */
export const createRouter = (
  routes: readonly Route[],
): ((method: string, path: string) => FoundRoute | undefined) => {
  const compiled = routes.map((one) => ({ route: one, pattern: patternOf(one.path) }));
  return (method, path) => {
    for (const { route: one, pattern } of compiled) {
      const found = one.method === method ? pattern.exec(path) : null;
      if (found) return { route: one, id: found.groups?.id ?? '', inner: found.groups?.inner ?? '' };
    }
    return undefined;
  };
};

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[\\w.-]+)')}$`);
