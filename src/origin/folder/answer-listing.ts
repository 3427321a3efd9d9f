/** Answers for the pages that lead to articles: the front page, a publication's, a section's, a tag's. */
import type { Address } from './addresses.ts';
import { type Answer, textAnswer } from './answer.ts';
import { articlesInSection, articlesTagged, publicationOf } from './library.ts';
import { frontPage } from './pages/front-page.tsx';
import { sectionPage, tagPage } from './pages/listing-page.tsx';
import type { PageContext } from './pages/page-context.ts';
import { publicationPage } from './pages/publication-page.tsx';

type ListingAddress = Extract<Address, { kind: 'front' | 'publication' | 'section' | 'tag' }>;

/** Undefined when there is no such publication, or nothing in that section or under that tag. */
export const answerListing = (context: PageContext, address: ListingAddress): Answer | undefined => {
  const html = pageOf(context, address);
  return html === undefined
    ? undefined
    : textAnswer(200, 'text/html; charset=utf-8', html, [
        ['Cache-Control', 'public, max-age=0, must-revalidate'],
      ]);
};

function pageOf(context: PageContext, address: ListingAddress): string | undefined {
  const { library } = context;
  switch (address.kind) {
    case 'front':
      return frontPage(context);
    case 'publication': {
      const publication = publicationOf(library, address.publication);
      return publication && publicationPage(context, publication);
    }
    case 'section': {
      const publication = publicationOf(library, address.publication);
      const articles = articlesInSection(library, address.publication, address.section);
      return publication && articles.length > 0 ? sectionPage(context, publication, articles) : undefined;
    }
    case 'tag': {
      const articles = articlesTagged(library, address.tag);
      return articles.length > 0 ? tagPage(context, address.tag, articles) : undefined;
    }
    default:
      return address satisfies never;
  }
}
