/** Sends the console's own pages, in English whatever the browser and the site speak. */
import { createSendPage, type PolicyWithMessages, type SendPage } from '../readers/send-page.ts';
import { consoleStyleHash } from './pages/console-style.ts';

/** Scripts are this console's own files, and frames hold its own answers: nothing in a page of it can run from elsewhere. */
const directives = ["script-src 'self'", "connect-src 'self'", "frame-src 'self'", "img-src 'self' data:"];

export const createSendConsolePage = (inForce: () => PolicyWithMessages): SendPage => {
  const english = (): PolicyWithMessages => {
    const rules = inForce();
    return { ...rules, messages: () => rules.messages('en') };
  };
  return createSendPage(english, undefined, [], [consoleStyleHash, "'self'"], directives);
};
