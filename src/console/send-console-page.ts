/** Sends the console's own pages, in English whatever the browser and the site speak. */
import { createSendPage, type PolicyWithMessages, type SendPage } from '../readers/send-page.ts';
import { consoleStyleHash } from './pages/console-style.ts';

export const createSendConsolePage = (inForce: () => PolicyWithMessages): SendPage => {
  const english = (): PolicyWithMessages => {
    const rules = inForce();
    return { ...rules, messages: () => rules.messages('en') };
  };
  return createSendPage(english, undefined, [], [consoleStyleHash]);
};
