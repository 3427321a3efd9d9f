/** Other articles' text in an article's own page or JSON: looked for once for each copy, and taken out for whoever may not read it. */
import type { ArticleId } from '../article/article.ts';
import { andThen } from '../ops/soon.ts';
import type { KnownTexts } from '../sentry/known-texts.ts';
import { type ArticlePassage, isQuotation } from '../sentry/quotation.ts';
import type { Passage } from '../sentry/read-answer.ts';
import type { Exchange } from './exchange.ts';
import type { ArticlePage } from './found.ts';
import type { Discovery } from './guard.ts';
import type { JudgeAnswer } from './judge-answer.ts';
import type { ReadAnswer } from './read-answers.ts';
import { sendVariant } from './send-variant.ts';
import { sendWithheld } from './send-withheld.ts';
import { buildVariant, type Variant } from './variant.ts';

export interface OthersText {
  /** A promise where a long page has to be looked through first. */
  isIn(page: ArticlePage, now: number): boolean | Promise<boolean>;
  send(answer: PageAnswer): Promise<void>;
}

interface PageAnswer {
  readonly page: ArticlePage;
  readonly exchange: Exchange;
  /** What is sent when nothing has to be taken out. */
  readonly variant: Variant;
  /** The same without a content coding. */
  readonly plain: Variant;
  readonly extra: readonly string[];
}

interface Dependencies {
  readonly known: KnownTexts;
  readonly read: ReadAnswer;
  readonly judge: JudgeAnswer;
  readonly onDiscovery: (discovery: Discovery) => void;
}

/** While a site is being learnt, each article learnt might be on each page: looked at again no sooner than this. */
const lookedAtMs = 10_000;

export const createOthersText = ({ known, read, judge, onDiscovery }: Dependencies): OthersText => {
  const looks = new WeakMap<
    ArticlePage,
    { generation: number; at: number; found: boolean | Promise<boolean> }
  >();

  const look = ({ article, form }: ArticlePage): boolean | Promise<boolean> => {
    switch (form.kind) {
      case 'html':
        // Until its own text is known, what it quotes can't be told from what it carries.
        if (known.factsOf(article.id) === undefined && known.variantsOf(article.id).length === 0)
          return false;
        return andThen(read(form.text), (passages) => !isQuotation(othersAmong(article.id, passages)));
      case 'json':
        return andThen(
          read(form.before + form.json),
          (passages) => othersAmong(article.id, passages).length > 0,
        );
      case 'uncuttable':
        return false;
      default:
        return form satisfies never;
    }
  };

  const isIn: OthersText['isIn'] = (page, now) => {
    const generation = known.generation();
    const last = looks.get(page);
    if (last && (last.generation === generation || now < last.at + lookedAtMs)) return last.found;
    const found = look(page);
    const kept = { generation, at: now, found };
    looks.set(page, kept);
    return andThen(found, (said) => {
      kept.found = said;
      return said;
    });
  };

  const send: OthersText['send'] = async ({ page, exchange, variant, plain, extra }) => {
    const { req, res, target, path, method } = exchange;
    const contentType = page.form.kind === 'html' ? 'text/html' : page.contentType;
    const answer = { text: plain.body.toString(), contentType };
    const judgement = await judge(answer, exchange, page.article.id);
    if (judgement.kind !== 'clear')
      onDiscovery({ target, path, outcome: judgement.kind, held: judgement.held });
    switch (judgement.kind) {
      case 'clear':
        sendVariant(req, res, variant, extra);
        break;
      case 'theirs':
        sendVariant(req, res, await oneReaders(plain, plain.body), extra);
        break;
      case 'cleaned':
        sendVariant(req, res, await oneReaders(plain, Buffer.from(judgement.text)), extra);
        break;
      case 'withheld':
        sendWithheld(res, method, judgement.held);
        break;
      default:
        judgement satisfies never;
    }
  };

  return { isIn, send };
};

/**
 * Whose text is on the page beside its own: in a box beside it or after it. A phrase that two articles share by chance is
 * nobody's text. JSON has no boxes: it is data, beside the article's own often that of related ones, comments, media.
 */
const othersAmong = (own: ArticleId, passages: readonly Passage[]): ArticlePassage[] =>
  passages.flatMap(({ occurrences }) => {
    const [first] = occurrences;
    const isOthers = occurrences.every(
      ({ facts, position }) => facts.article.id !== own && position !== undefined,
    );
    return first?.position !== undefined && isOthers
      ? [{ article: first.facts.article.id, position: first.position }]
      : [];
  });

/** The same headers but those that speak of these bytes, or would let a cache give them to others. */
const oneReaders = ({ status, headers }: Variant, content: Buffer): Promise<Variant> => {
  const carried: [string, string][] = [];
  let contentType = 'text/html; charset=utf-8';
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] ?? '';
    const value = headers[at + 1] ?? '';
    if (/^content-type$/i.test(name)) contentType = value;
    else if (!/^(?:etag|cache-control|vary|content-length|content-encoding)$/i.test(name))
      carried.push([name, value]);
  }
  return buildVariant({
    status,
    content,
    coding: 'identity',
    carried,
    contentType,
    cacheControl: 'private, no-store',
    vary: 'Accept-Encoding, Cookie, Authorization',
  });
};
