/** The origin's headers that go on with an article: all but those that speak of bytes, age or one reader. */
import type { HeaderPairs } from '../origin/origin.ts';
import { commandsProxies, isHarmlessCommand } from '../origin/proxy-commands.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';

/**
 * A validator, length or digest of the full page would be a fact about withheld text; the gate states its own. What the policy
 * lets the origin command a cache passes with images, never with a text that is one reader's alone.
 */
export const carriedHeaders = (headers: HeaderPairs, giveBack: ReturnHeaders): HeaderPairs =>
  giveBack(headers).filter(([name]) => !bodyBound.test(name) && !commandsAboutText(name.toLowerCase()));

/** Also for what isn't cut but sent on as it comes. */
export const commandsAboutText = (name: string): boolean => commandsProxies(name) && !isHarmlessCommand(name);

const bodyBound =
  /^(content-(length|encoding|type|md5|digest|range)|digest|repr-digest|want-.*digest|etag|last-modified|accept-ranges|cache-control|expires|pragma|age|date|vary|set-cookie|server-timing|x-excerpt.*|x-cache.*|x-content-type-options)$/i;
