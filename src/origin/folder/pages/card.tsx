/** An article on a page that leads to it: publication, minutes, section, title, and as much of the text as anybody may see. */
import { artAddress } from '../addresses.ts';
import { directionOf } from '../language.ts';
import { publicationName } from '../library.ts';
import type { StoredArticle } from '../stored-article.ts';
import { wordingFor } from '../wording.ts';
import type { PageContext } from './page-context.ts';

export interface CardProps {
  readonly context: PageContext;
  readonly article: StoredArticle;
  readonly size?: 'lead' | 'plain';
  /** The heading's rank on the page. */
  readonly rank?: 2 | 3;
}

export function Card({ context, article, size = 'plain', rank = 3 }: CardProps) {
  const { library, excerptOf } = context;
  const { facts, direction } = article;
  const Heading = rank === 2 ? 'h2' : 'h3';
  const kicker = [
    publicationName(library, facts.publication),
    wordingFor(library.site.language).minutes(article.minutes),
    facts.section,
  ];
  return (
    <article class={`card card-${size}`} data-publication={facts.publication}>
      <img
        class="card-art"
        src={artOf(article)}
        alt=""
        width="800"
        height="500"
        {...(size === 'plain' && { loading: 'lazy' as const })}
      />
      <div class="card-words">
        <p class="card-kicker" dir={directionOf(library.site.language)}>
          {kicker
            .filter((part) => part !== undefined)
            .map((part, index) => (
              <span key={part}>
                {index > 0 && ' · '}
                {part}
              </span>
            ))}
        </p>
        <Heading class="card-title" lang={facts.language} dir={direction}>
          <a href={facts.path}>{facts.title}</a>
        </Heading>
        <p class="card-excerpt" lang={facts.language} dir={direction}>
          {excerptOf(facts, article.text)}
        </p>
      </div>
    </article>
  );
}

/** The article's own image, or the one drawn from its address. */
export const artOf = ({ facts, slug }: StoredArticle): string =>
  facts.image ?? artAddress(facts.publication, slug);
