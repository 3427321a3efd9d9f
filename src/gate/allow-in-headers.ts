/** Lets what Gatefold puts into a page through the Content-Security-Policies that came as headers. */
import type { HeaderPairs } from '../origin/origin.ts';
import { type Allowed, allowSources } from '../preview/allow-sources.ts';

export const allowInHeaders = (headers: HeaderPairs, allowed: Allowed): HeaderPairs =>
  headers.map(([name, value]) =>
    /^content-security-policy(-report-only)?$/i.test(name)
      ? [name, allowSources(value, allowed)]
      : [name, value],
  );
