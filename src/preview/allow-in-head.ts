/** Lets Gatefold's styles and its one script through the Content-Security-Policies that a page states of itself: `<meta>` elements in its head. */
import { attributeOf, type ParsedPage, type StartToken } from '../article/parsed-page.ts';
import { type Allowed, allowSources } from './allow-sources.ts';
import type { Edit } from './splice.ts';

export const headPolicyEdits = ({ tokens }: ParsedPage, allowed: Allowed): Edit[] =>
  tokens.flatMap((token) => (token.kind === 'start' && isPolicy(token) ? contentEdits(token, allowed) : []));

/** Browsers heed one nowhere but in the head. */
const isPolicy = (token: StartToken): boolean =>
  token.name === 'meta' &&
  token.place?.element.name === 'head' &&
  attributeOf(token, 'http-equiv').toLowerCase() === 'content-security-policy';

const contentEdits = ({ attributes }: StartToken, wanted: Allowed): Edit[] => {
  const content = attributes.find(({ name }) => name === 'content');
  if (content === undefined) return [];
  const allowed = allowSources(content.value, wanted);
  if (allowed === content.value) return [];
  const { start, end } = content;
  return [{ start, end, text: `content="${escaped(allowed)}"` }];
};

const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
