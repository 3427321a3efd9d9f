/** Lets the prompt's own style through the Content-Security-Policies that came as headers. */
import type { HeaderPairs } from '../origin/origin.ts';
import { allowStyle } from '../preview/allow-style.ts';

/** @param styleHashes CSP sources such as `'sha256-…'`, separated by spaces */
export const allowStyleInHeaders = (headers: HeaderPairs, styleHashes: string): HeaderPairs =>
  headers.map(([name, value]) =>
    /^content-security-policy(-report-only)?$/i.test(name)
      ? [name, allowStyle(value, styleHashes)]
      : [name, value],
  );
