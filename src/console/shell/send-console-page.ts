/** Sends the console's own pages, in English whatever the browser and the site speak. */
import { createSendPage, type PolicyWithMessages, type SendPage } from '../../readers/send-page.ts';
import { consoleStyleHash } from './console-style.ts';

/** Scripts are this console's own files, and frames hold its own answers: nothing in a page of it can run from elsewhere. */
const directives = ["script-src 'self'", "connect-src 'self'", "frame-src 'self'", "img-src 'self' data:"];

/** @param siteUrl where the site is, where the console has an origin of its own. */
export const createSendConsolePage = (inForce: () => PolicyWithMessages, siteUrl?: string): SendPage => {
  const english = (): PolicyWithMessages => {
    const rules = inForce();
    return { ...rules, messages: () => rules.messages('en') };
  };
  return createSendPage(english, undefined, [], {
    styleHashes: [consoleStyleHash, "'self'"],
    directives,
    ...(siteUrl === undefined ? {} : { siteUrl, unnamed: true }),
  });
};
