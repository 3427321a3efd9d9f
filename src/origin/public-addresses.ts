/** Addresses of the origin's own host in what it sends, made public ones: else whoever tries Gatefold beside a site is led away from it by the first link. */
import type { OriginAddresses } from './addresses.ts';

/** The same bytes, the very same buffer, where nothing names the origin. */
export type PublicAddresses = (body: Buffer) => Buffer;

/**
 * Undefined: there is nothing to do, since the origin is asked by the public host, or has it anyhow. What is replaced is a
 * scheme and the host, or `//` and the host, also with its slashes escaped as in scripts; an address that stands in the path
 * of another one stays. Of any encoding that has ASCII in it, other bytes are left as they are; UTF-16 is left alone.
 */
export const publicAddresses = ({
  originUrl,
  publicUrl,
  preserveHost = false,
}: OriginAddresses): PublicAddresses | undefined => {
  const { host } = new URL(originUrl);
  const site = new URL(publicUrl);
  if (preserveHost || host === site.host) return undefined;
  const named = new RegExp(
    `(?<![/\\w@.-])(?:https?:|(?<!:))(?:(//)|(\\\\/\\\\/))${host.replace(/[.[\]]/g, '\\$&')}(?![\\w@-]|\\.\\w|:\\d)`,
    'gi',
  );
  const [plain, escaped] = [site.origin, site.origin.replaceAll('/', '\\/')];
  return (body) => {
    // Hosts are seldom written with capitals, and looking for one spelling costs next to nothing.
    if (!body.includes(host)) return body;
    const text = body.toString('latin1');
    const renamed = text.replace(named, (_, slashes?: string) => (slashes === undefined ? escaped : plain));
    return renamed === text ? body : Buffer.from(renamed, 'latin1');
  };
};
