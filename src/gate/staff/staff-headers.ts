/** The head of what staff get: the origin's own, but that no cache between may show it to anybody else. */
import type { HeaderPairs } from '../../origin/origin.ts';
import { headerValue, joinedValues } from '../treatment.ts';

/** A reader's whole page must not come out of a cache for the next reader, as it would if the origin calls it public. */
export const staffHeaders = (headers: HeaderPairs): HeaderPairs => {
  if (!mayHoldText(headerValue(headers, 'content-type'))) return headers;
  const stated = joinedValues(headers, 'cache-control');
  const kept = headers.filter(([name]) => !speaksToCaches.test(name));
  return [...kept, ['Cache-Control', privately(stated)]];
};

/** Pictures, films, sound and fonts are everybody's, and heavy. */
export const mayHoldText = (contentType: string | undefined): boolean =>
  !/^\s*(?:image\/(?!svg)|video\/|audio\/|font\/|application\/(?:font-|x-font-|wasm\b))/i.test(
    contentType ?? '',
  );

const speaksToCaches =
  /^(?:cache-control|(?:[\w-]+-)?cdn-cache-control|surrogate-control|edge-control|x-accel-expires)$/i;

/** What the browser itself may keep stays as the origin says. */
const privately = (stated: string | undefined): string => {
  const directives = (stated ?? '')
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map((directive) => directive.trim());
  if (directives.some((directive) => /^(?:private|no-store)$/i.test(directive))) return stated ?? '';
  const others = directives.filter(
    (directive) => directive !== '' && !/^(?:public|private|s-maxage|proxy-revalidate)\b/i.test(directive),
  );
  return ['private', ...others].join(', ');
};
