/** Which pages an address may be another form of, by its own spelling: what stands there is looked at before the form is sent. */
import { pagesBehind } from './form-address.ts';

export interface PageAddress {
  readonly target: string;
  readonly path: string;
}

/** Its name or its query says that it is a form of something. */
export const isFormAddress = (target: string): boolean => {
  const { path, parameters } = takenApart(target);
  return pagesBehind(path).length > 0 || parameters.some(makesForm);
};

/** Pages to look at, likeliest first, the address itself left out. What makes the form is taken out of the query first, then all of it. */
export const pageAddresses = (target: string): readonly PageAddress[] => {
  const { path, parameters } = takenApart(target);
  const named = pagesOf(path);
  const query = parameters.filter((parameter) => !makesForm(parameter)).join('&');
  const found = new Map<string, PageAddress>();
  for (const page of named.length > 0 ? named : [path]) {
    if (query !== '') found.set(`${page}?${query}`, { target: `${page}?${query}`, path: page });
    found.set(page, { target: page, path: page });
  }
  found.delete(target);
  return [...found.values()];
};

/** Of something that is held anyhow any ending may be a form's; no file of a site's is looked up for that alone. */
const pagesOf = (path: string): readonly string[] => {
  const named = pagesBehind(path);
  const [, page] = named.length === 0 ? (/^(.*[^/])\.[a-z0-9]{1,8}$/i.exec(path) ?? []) : [];
  return page === undefined ? named : [page];
};

const takenApart = (target: string): { readonly path: string; readonly parameters: readonly string[] } => {
  const mark = target.indexOf('?');
  if (mark < 0) return { path: target, parameters: [] };
  return { path: target.slice(0, mark), parameters: target.slice(mark + 1).split('&') };
};

/** What sites and frameworks call the parameter that asks for a page in another shape. */
const FORM_MAKING =
  /^(?:_?format|fmt|output(?:type)?|_rsc|_data|_routes|as|alt|type|contenttype|mime|ext(?:ension)?|raw|plain|text(?:only)?|json|jsonp|_jsonp|callback|xml|pdf|txt|md|markdown|print(?:er|able|view|er-?friendly)?|print_?page|amp|embed|oembed|feed|export|download|partial|fragment|ajax|_?pjax|_escaped_fragment_|__a|action|do|tmpl|template|layout|view|variant|reader)$/i;

const makesForm = (parameter: string): boolean => {
  const equals = parameter.indexOf('=');
  return FORM_MAKING.test(equals < 0 ? parameter : parameter.slice(0, equals));
};
