/** Where an operator goes after signing in: to a page of the console, whatever was asked for. */
import { localPath } from '../../readers/local-path.ts';

export const consolePath = '/-/console';

/** @param candidate as a query or form gave it. @param consoleUrl `https://host[:port]`. */
export function consoleReturn(candidate: unknown, consoleUrl: string): string {
  const path = localPath(candidate, consoleUrl);
  const { pathname } = new URL(path, consoleUrl);
  const isConsole = pathname === consolePath || pathname.startsWith(`${consolePath}/`);
  return isConsole && !pathname.startsWith(`${consolePath}/sign-`) ? path : consolePath;
}

/** The sign-in page that leads back to `path`, which it looks at once more. */
export const signInPath = (path: string): string =>
  path === consolePath ? '/-/console/sign-in' : `/-/console/sign-in?return=${encodeURIComponent(path)}`;
