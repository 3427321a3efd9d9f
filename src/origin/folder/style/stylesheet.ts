/** The one stylesheet of the site, at an address that changes with its content. */
import { createHash } from 'node:crypto';
import type { SitePublication } from '../site-schema.ts';
import { ARTICLE_STYLE } from './article-style.ts';
import { BASE_STYLE } from './base-style.ts';
import { CARD_STYLE } from './card-style.ts';
import { MASTHEAD_STYLE } from './masthead-style.ts';

export interface Stylesheet {
  readonly css: string;
  /** `/assets/site.<hash>.css` */
  readonly address: string;
}

/** Publications' own colours come last in the sheet's general part, and before what overrides them in places. */
export const stylesheetOf = (publications: readonly SitePublication[]): Stylesheet => {
  const css = [BASE_STYLE, accents(publications), MASTHEAD_STYLE, CARD_STYLE, ARTICLE_STYLE]
    .join('')
    .replace(/\n\s*/g, '\n')
    .trim();
  const hash = createHash('sha256').update(css).digest('hex').slice(0, 12);
  return { css, address: `/assets/site.${hash}.css` };
};

/** Ids and colours have been checked by the schema: neither can hold anything but letters, digits and hyphens. */
function accents(publications: readonly SitePublication[]): string {
  const rules = publications.flatMap(({ id, accent }) =>
    accent === undefined
      ? []
      : [
          `[data-publication="${id}"]{--accent:${accent.light}}`,
          `@media (prefers-color-scheme:dark){[data-publication="${id}"]{--accent:${accent.dark}}}`,
        ],
  );
  return `${rules.join('\n')}\n`;
}
