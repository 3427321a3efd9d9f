/** Has routers in the browser load a preview as a page: what they put into another page by script has lost its shadow trees. */
import { attributeOf, type PageToken, type ParsedPage } from '../article/parsed-page.ts';
import type { Edit } from './splice.ts';

export const visitEdits = ({ source, tokens }: ParsedPage): Edit[] => [
  // Astro goes to whatever doesn't say that it may be swapped in.
  ...tokens
    .filter((token) => metaName(token) === 'astro-view-transitions-enabled')
    .map(({ start, end }) => ({ start, end, text: '' })),
  ...turboEdits(source, tokens),
];

const turboEdits = (source: string, tokens: readonly PageToken[]): Edit[] => {
  const isTurbos = tokens.some(
    (token) =>
      token.kind === 'start' &&
      (metaName(token)?.startsWith('turbo-') ||
        token.attributes.some(({ name }) => /^data-turbo(?:-|$)/.test(name))),
  );
  if (!isTurbos || tokens.some((token) => metaName(token) === 'turbo-visit-control')) return [];
  const end = tokens.find((token) => token.kind === 'end' && token.name === 'head')?.start;
  if (end === undefined || end > source.length) return [];
  return [{ start: end, end, text: '<meta name="turbo-visit-control" content="reload">' }];
};

const metaName = (token: PageToken): string | undefined =>
  token.kind === 'start' && token.name === 'meta' ? attributeOf(token, 'name').toLowerCase() : undefined;
