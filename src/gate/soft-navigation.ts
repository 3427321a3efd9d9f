/** Soft navigation: a site's own script asks in a page's place, and where that would end early it is sent to the page. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Purpose } from './decide.ts';
import type { Exchange } from './exchange.ts';
import { purposeOf } from './purpose.ts';
import type { ShortAnswer } from './short-answer.ts';

/**
 * Asked by a script for something else than the page that stands at the address: what Next.js's router, htmx, Inertia,
 * PJAX and Turbo's frames get is no answer for anybody else, and the page is none for them. Android's browsers inside of apps say
 * `X-Requested-With`, too, with the app's name.
 */
export const asksSoftly = (headers: IncomingHttpHeaders): boolean =>
  headers.rsc !== undefined ||
  headers['x-requested-with'] === 'XMLHttpRequest' ||
  headers['hx-request'] !== undefined ||
  headers['x-inertia'] !== undefined ||
  headers['x-pjax'] !== undefined ||
  headers['turbo-frame'] !== undefined;

type Asking = Pick<Exchange, 'target' | 'path'> & { readonly req: Pick<Exchange['req'], 'headers'> };

/**
 * For whoever is stopped: instead of data that can't be cut, or a page that would stand there without its looks. Undefined
 * where none is known of, and where none is needed: Gatsby goes to the page after any refusal, and Turbo and Astro are
 * told by the preview itself. htmx is sent there for a link alone; the next story that loads by itself takes nobody away.
 */
export const fullVisitOf = (asking: Asking): ShortAnswer | undefined => {
  const { headers } = asking.req;
  // Whatever is no data of its own has Next.js load the page; a refusal would stand in the console for each link.
  if (headers.rsc !== undefined) return { status: 204, headers: [], content: '' };
  if (headers['x-inertia'] !== undefined)
    return { status: 409, headers: ['X-Inertia-Location', asking.target], content: '' };
  if (headers['hx-request'] !== undefined && headers['hx-boosted'] !== undefined)
    return { status: 200, headers: ['HX-Redirect', asking.target], content: '' };
  if (!isUntold(asking)) return undefined;
  // A redirect to the page itself would be followed softly again; one to an address of ours leaves the app.
  const location = `/-/open?to=${encodeURIComponent(pageOfData(asking.target))}`;
  const content = `${JSON.stringify({ type: 'redirect', location })}\n`;
  return { status: 200, headers: ['Content-Type', 'application/json; charset=utf-8'], content };
};

/**
 * SvelteKit fetches a page's data as the mouse comes near its link, and says nothing of it: a look ahead looks like a click.
 * So no free read is made by it; the page costs one when it is opened.
 */
export const isUntold = ({ path }: Pick<Exchange, 'path'>): boolean => DATA.test(path);

/** Why the view is made, as far as can be told. */
export const purposeAt = (exchange: Pick<Exchange, 'method' | 'path' | 'req'>): Purpose => {
  const purpose = purposeOf(exchange.method, exchange.req.headers);
  return purpose === 'read' && isUntold(exchange) ? 'prefetch' : purpose;
};

const DATA = /(?:\/|\.html)__data\.json$/;
const TRAILING_SLASH = 'x-sveltekit-trailing-slash=1';

const pageOfData = (target: string): string => {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const parameters = mark < 0 ? [] : target.slice(mark + 1).split('&');
  const query = parameters.filter((parameter) => !parameter.startsWith('x-sveltekit-')).join('&');
  const page = path.replace(DATA, path.endsWith('.html__data.json') ? '.html' : '') || '/';
  const slashed = parameters.includes(TRAILING_SLASH) && !page.endsWith('/') ? `${page}/` : page;
  return query === '' ? slashed : `${slashed}?${query}`;
};
