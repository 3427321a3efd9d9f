/** The origin's headers that go on with an article: all but those that speak of bytes, age or one reader. */
import type { HeaderPairs } from '../origin/origin.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';

/** A validator, length or digest of the full page would be a fact about withheld text; the gate states its own. */
export const carriedHeaders = (headers: HeaderPairs, giveBack: ReturnHeaders): HeaderPairs =>
  giveBack(headers).filter(([name]) => !bodyBound.test(name));

const bodyBound =
  /^(content-(length|encoding|type|md5|digest|range)|digest|repr-digest|want-.*digest|etag|last-modified|accept-ranges|cache-control|expires|pragma|age|date|vary|set-cookie|server-timing|x-excerpt.*|x-cache.*|surrogate-.*|cdn-cache-control)$/i;
