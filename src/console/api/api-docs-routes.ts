/** `/-/console/api`: the management API told to people, and at `/-/console/api/openapi.json` to programs. */
import { Router } from 'express';
import type { ConsoleShared } from '../area.ts';
import { renderApiPage } from './api-page.tsx';
import type { Call } from './call.ts';
import { describeCalls } from './describe-calls.ts';
import { openApi } from './open-api.ts';

interface Options extends Pick<ConsoleShared, 'need' | 'showPage' | 'consoleUrl'> {
  readonly calls: readonly Call[];
}

export const apiDocsRoutes = ({ need, showPage, consoleUrl, calls }: Options): Router => {
  const document = once(() => openApi({ calls, consoleUrl }));
  const described = once(() => describeCalls(document(), calls));
  return Router({ caseSensitive: true })
    .get('/-/console/api', need('read'), (request, response) =>
      showPage(request, response, 200, (frame) => renderApiPage(frame, { consoleUrl, calls: described() })),
    )
    .get('/-/console/api/openapi.json', need('read'), (_, response) => {
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.json(document());
    });
};

/** The calls stay as they are: what is made of them is made when somebody asks first. */
const once = <Made>(make: () => Made): (() => Made) => {
  let made: { readonly value: Made } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
