/** `/-/subscribe`: what can be subscribed to here. */
import { type Request, type Response, Router } from 'express';
import type { Messages } from './messages/create-messages.ts';
import type { PageSite } from './page-shell.tsx';
import { localPath } from './safe-link.ts';
import { type OfferedPlan, renderSubscribePage } from './subscribe-page.tsx';

interface Options {
  readonly offer: () => readonly OfferedPlan[];
  readonly send: (
    request: Request,
    response: Response,
    status: number,
    render: (site: PageSite, messages: Messages) => string,
  ) => void;
  /** The signed-in reader's address, if any. */
  readonly emailOf: (request: Request) => Promise<string | undefined>;
  /** Of the article that the reader comes from, where it is known. */
  readonly titleAt: (path: string) => Promise<string | undefined>;
}

export const subscribeRoutes = ({ offer, send, emailOf, titleAt }: Options): Router => {
  const routes = Router();
  routes.get('/-/subscribe', async (request, response) => {
    const returnTo = localPath(String(request.query.return ?? '/'));
    const [email, articleTitle] = await Promise.all([emailOf(request), titleAt(returnTo)]);
    send(request, response, 200, (site, messages) =>
      renderSubscribePage(
        {
          site,
          offer: offer(),
          returnTo,
          ...(articleTitle ? { articleTitle } : {}),
          ...(email === undefined ? {} : { email }),
        },
        messages,
      ),
    );
  });
  return routes;
};
