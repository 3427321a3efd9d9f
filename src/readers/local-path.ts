/** Where a reader may be sent after signing in: a path on this site, whatever was asked for. */

const maxLength = 2048;
const elsewhere = '/';

/**
 * A path with its query and fragment, as a browser at `publicUrl` would resolve it; `/` for anything that could lead
 * to another host, now or after somebody on the way has decoded or tidied it once more.
 *
 * @param candidate as a query or form gave it; anything but a string is refused.
 * @param publicUrl `https://host[:port]`.
 */
export function localPath(candidate: unknown, publicUrl: string): string {
  if (typeof candidate !== 'string' || candidate.length > maxLength) return elsewhere;
  if (!candidate.startsWith('/') || !staysLocal(candidate)) return elsewhere;
  if (!URL.canParse(candidate, publicUrl)) return elsewhere;
  const { origin, pathname, search, hash } = new URL(candidate, publicUrl);
  const path = pathname + search + hash;
  // Resolving takes out dots, and `/.//host` is `//host` without them.
  return origin === new URL(publicUrl).origin && staysLocal(path) && path.length <= maxLength
    ? path
    : elsewhere;
}

/** However often it is decoded; what is still changing after so many rounds is no path anybody linked to. */
function staysLocal(path: string): boolean {
  let seen = path;
  for (let round = 0; round < 5; round += 1) {
    if (leadsAway(seen)) return false;
    const decoded = decodedPath(seen);
    if (decoded === seen) return true;
    seen = decoded;
  }
  return false;
}

/** A second slash names a host, `%c0%af` is one to lenient decoders; backslashes and controls stand in no address. */
const leadsAway = (path: string): boolean =>
  /^\/(?:\.{1,2}\/)*(?:[/\\]|%c[01])/i.test(path) || /[\u0000-\u001f\u007f-\u009f\u2028\u2029\\]/.test(path);

/** Only the path: what a query or fragment decodes to names no host. What can't be decoded stays. */
const decodedPath = (address: string): string =>
  address.replace(/[?#].*$/s, '').replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
