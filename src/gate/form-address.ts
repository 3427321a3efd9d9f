/** Which pages an address may be another form of, by its name alone: what stands there is looked at before the form is sent. */

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
 * The path that JSON forms are looked up by. WordPress takes its REST routes in the query as well. Undefined for what
 * only an editor gets from it: a text that is cut on its way to the editor would be saved cut.
 */
export const formPathOf = (target: string, path: string): string | undefined => {
  const query = target.slice(target.indexOf('?') + 1 || target.length);
  const parameters = new URLSearchParams(query);
  const route = parameters.get('rest_route');
  const formPath = route?.startsWith('/') ? `/wp-json${route}` : path;
  return parameters.get('context') === 'edit' && formPath.includes('/wp-json/') ? undefined : formPath;
};
