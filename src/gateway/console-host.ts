/** Whether a request is for the console, where one listener answers both origins: by the host that it names, and by nothing else. */
import type { IncomingMessage } from 'node:http';
import { hostsOf } from '../settings/console-address.ts';
import type { Settings } from '../settings.ts';

export type IsForConsole = (request: IncomingMessage) => boolean;

/** Whether the console has an origin of its own. */
export const standsApart = ({ console, publicUrl }: Pick<Settings, 'console' | 'publicUrl'>): boolean =>
  console.url !== publicUrl;

/**
 * Only `Host` is read, which no script can write: `X-Forwarded-Host` can be, by any page of the site, and a proxy that
 * passes it on would have the console answer at the site's origin. With a port of its own the console needs no host.
 */
export const createIsForConsole = (settings: Pick<Settings, 'console' | 'publicUrl'>): IsForConsole => {
  const { url, port } = settings.console;
  if (!standsApart(settings) || port !== undefined) return () => false;
  const hosts = hostsOf(url);
  return ({ headers: { host } }) => host !== undefined && hosts.includes(host.toLowerCase());
};
