/** `/-/open?to=…`: leads to a page of the site, for routers in the browser that would go there softly by its own address. */
import { Router } from 'express';
import { localPath } from '../pages/safe-link.ts';

export const openRoutes = (): Router =>
  Router().get('/-/open', ({ query: { to } }, response) => {
    response.setHeader('Cache-Control', 'no-store');
    response.redirect(303, localPath(typeof to === 'string' ? to : '/'));
  });
