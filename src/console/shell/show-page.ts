/** Fills the console's frame with whoever asks, and sends the page. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PolicyWithMessages, SendPage } from '../../readers/send-page.ts';
import type { ConsoleFrame } from './console-shell.tsx';
import type { RequireOperator } from './require-operator.ts';

/** For a route behind `need`. @throws Error where nobody was asked for. */
export type ShowPage = (
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  render: (frame: ConsoleFrame) => string,
) => void;

interface Options {
  readonly operatorOf: RequireOperator['operatorOf'];
  readonly sendPage: SendPage;
  readonly inForce: () => PolicyWithMessages;
}

export const createShowPage =
  ({ operatorOf, sendPage, inForce }: Options): ShowPage =>
  (request, response, status, render) => {
    const { email, role } = operatorOf(request);
    const { timeZone } = inForce().policy.site;
    sendPage(request, response, status, (site) => render({ site, operator: { email, role }, timeZone }));
  };
