/** Which pages an address may be another form of, by its name alone: what stands there is looked at before the form is sent. */
import { phpParameters } from './php-query.ts';

/** Pages to look at, likeliest first; empty for an address that says nothing of the kind. */
export const pagesBehind = (path: string): readonly string[] => {
  const page = frameworkPage(path) ?? withoutEnding(path);
  if (page === undefined || page === path) return [];
  const bare = page.replace(/\/(index)?$/, '') || '/';
  return bare === '/' ? ['/'] : [bare, `${bare}/`, `${bare}.html`];
};

/** What frameworks load in a page's place when a link is followed: Next.js, Gatsby, SvelteKit, Nuxt, Qwik, React Router. */
const frameworkPage = (path: string): string | undefined => {
  for (const form of FRAMEWORK_FORMS) {
    const [, page] = form.exec(path) ?? [];
    if (page !== undefined) return page === '' ? '/' : page;
  }
  return undefined;
};

const FRAMEWORK_FORMS: readonly RegExp[] = [
  /^(?:\/[^/]+)?\/_next\/data\/[^/]+(\/.+)\.json$/,
  /^(?:\/[^/]+)?\/page-data(\/.+)\/page-data\.json$/,
  /^(.*?)(?:\.html)?(?:\/|(?<=\.html))__data\.json$/,
  /^(.*)\/_payload\.js(?:on)?$/,
  /^(.*)\/q-data\.json$/,
  /^(.+)\.segments\/.*\.rsc$/,
  /^(.+?)(?:\.prefetch)?\.(?:data|rsc)$/,
];

const withoutEnding = (path: string): string | undefined =>
  /^(.+?)(?:\.html?)?\.(?:jsonp?|ndjson|txt|text|md|mdx|markdown|pdf|xml|epub|docx?|odt|rtf)$/i.exec(
    path,
  )?.[1];

/**
 * The paths that JSON forms are looked up by: WordPress takes its REST routes in the query as well, and their letters in
 * either case. What an editor asks for is looked up like anything else: who edits is staff, and never comes so far.
 */
export const formPathsOf = (target: string, path: string): readonly string[] => {
  const routes = target.includes('?') ? phpParameters(target, 'rest_route') : [];
  const paths = [path, ...routes.filter((route) => route.startsWith('/')).map((route) => `/wp-json${route}`)];
  return paths.flatMap((each) => (isRestRoute(each) ? [each, each.toLowerCase()] : [each]));
};

const isRestRoute = (path: string): boolean => path.includes('/wp-json/');
