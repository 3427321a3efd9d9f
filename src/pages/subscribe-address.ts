/** Where the plans page is: with the way back to what was read, and why the reader sees it again. */
import { localPath } from './safe-link.ts';

export const subscribeNotices = ['cookies', 'gone', 'unfinished', 'failed', 'overtaken'] as const;
export type SubscribeNotice = (typeof subscribeNotices)[number];

/** The plans page's address, leading back to `returnTo`. */
export const subscribeAddress = (returnTo: string, notice?: SubscribeNotice): string => {
  const back = localPath(returnTo);
  const query = [
    ...(back === '/' ? [] : [`return=${encodeURIComponent(back)}`]),
    ...(notice === undefined ? [] : [`notice=${notice}`]),
  ];
  return query.length === 0 ? '/-/subscribe' : `/-/subscribe?${query.join('&')}`;
};
