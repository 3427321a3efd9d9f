/** The ready forms of articles: each made once for its content, cutoff, policy, kind of reader and coding; bounded by bytes. */
import { LRUCache } from 'lru-cache';
import type { OfferPlace } from '../billing/offered-plans.ts';
import type { PromptOffer } from '../billing/prompt-offer.ts';
import { asUtf8Type } from '../origin/read-text.ts';
import { isolatedStyleHashes } from '../pages/isolated-style.ts';
import { keepInPlaceHash } from '../pages/keep-in-place.ts';
import type { PromptPlan } from '../pages/prompt.tsx';
import type { Coding } from './accepted-encoding.ts';
import { allowInHeaders } from './allow-in-headers.ts';
import { cardsFor } from './cards.ts';
import type { Catalogue } from './catalogue.ts';
import { composeFull, composePreview, composeWithheld, formKey, type PageFacts } from './compose-page.ts';
import type { Decision } from './decision.ts';
import { type CodedDecision, codedDecision, type DecisionCode } from './decision-code.ts';
import type { ArticlePage } from './found.ts';
import type { Ruling } from './ruling.ts';
import { type EncodedContent, encodeContent, type Variant, variantOf } from './variant.ts';
import { withheldDocument } from './withheld-document.ts';

export interface FormRequest {
  readonly page: ArticlePage;
  readonly ruling: Ruling;
  readonly decision: Decision;
  readonly registered: boolean;
  readonly coding: Coding;
}

export type ReadyForm = (request: FormRequest) => Variant | Promise<Variant>;

/** What forms are made with, beside what is shown. */
export interface FormOptions {
  readonly catalogue: Pick<Catalogue, 'moreFrom' | 'related'>;
  readonly cardsOnFull: boolean;
  /** Absent: nothing is sold here. */
  readonly promptOffer?: PromptOffer;
  /** The code on a prompt; asked once for each prompt that is made, not for each reader who is shown it. */
  readonly codeOf: (facts: CodedDecision) => DecisionCode;
}

interface Options extends FormOptions {
  readonly maxBytes: number;
}

/** Made for this request alone and kept nowhere. */
export const makeForm = async (request: FormRequest, options: FormOptions): Promise<Variant> =>
  variantUnder(await makeContent(request, options), request);

export const createReadyForms = (options: Options): ReadyForm => {
  const { promptOffer, maxBytes } = options;
  const byRuling = new WeakMap<Ruling, Map<string, Variant>>();
  const readyIn = (bytes: number) =>
    new LRUCache<string, Ready>({
      maxSize: bytes,
      sizeCalculation: ({ made }, key) => made.encoded.body.length + key.length + 1_000,
      // The cards on a page are no fresher than this.
      ttl: 300_000,
      ttlAutopurge: true,
      dispose: ({ forms, form }) => forms.delete(form),
    });
  const everybodys = readyIn(maxBytes);
  // Readers' own pages differ in a token at least, and would push out what is everybody's.
  const owns = readyIn(maxBytes / 8);
  const readyFor = ({ own }: ArticlePage): typeof everybodys => (own ? owns : everybodys);
  const making = new Map<string, Promise<MadeContent>>();

  const make = async (
    key: string,
    form: string,
    forms: Forms,
    request: FormRequest,
  ): Promise<MadeContent> => {
    try {
      const made = await makeContent(request, options);
      readyFor(request.page).set(key, { made, forms, form });
      return made;
    } finally {
      making.delete(key);
    }
  };

  /** The content may be another copy's; the headers are those that came with this one. */
  const put = (forms: Forms, form: string, made: MadeContent, request: FormRequest): Variant => {
    const known = forms.get(form);
    if (known) return known;
    const variant = variantUnder(made, request);
    forms.set(form, variant);
    return variant;
  };

  return (request) => {
    const { page, ruling, decision, registered, coding } = request;
    const named = coding + formKey(decision, registered, () => ruling.rules.messages(page.article.language));
    const form = promptOffer && decision.outcome === 'preview' ? `${named}:${promptOffer.version()}` : named;
    const forms = byRuling.get(ruling) ?? new Map<string, Variant>();
    const known = forms.get(form);
    if (known) return known;
    byRuling.set(ruling, forms);
    // A ruling belongs to one fetched copy of a page; the next copy of the same bytes finds what this one made.
    const key = `${form}\n${page.hash}${page.article.id}\n${ruling.rules.policy.version}${ruling.rule}`;
    const kept = readyFor(page).get(key);
    if (kept) return put(forms, form, kept.made, request);
    const waiting = making.get(key) ?? make(key, form, forms, request);
    making.set(key, waiting);
    return waiting.then((made) => put(forms, form, made, request));
  };
};

type Forms = Map<string, Variant>;

interface Ready {
  readonly made: MadeContent;
  /** Where it can also be found, to be taken from there too when it is dropped. */
  readonly forms: Forms;
  readonly form: string;
}

interface MadeContent {
  readonly encoded: EncodedContent;
  readonly kind: 'as-it-came' | 'withheld' | 'composed';
}

const makeContent = async (request: FormRequest, options: FormOptions): Promise<MadeContent> => {
  const { page, decision, coding } = request;
  const composed = compose(request, options);
  const kind = composed === 'as-it-came' || composed === 'withheld' ? composed : 'composed';
  const content =
    composed === 'as-it-came'
      ? page.raw
      : composed === 'withheld'
        ? withheldDocument(page, decision).content
        : composed;
  return { kind, encoded: await encodeContent(content, coding) };
};

const variantUnder = ({ kind, encoded }: MadeContent, { page, ruling, decision }: FormRequest): Variant => {
  const open = ruling.outcome.access === 'open';
  const full = decision.outcome === 'full';
  const common = {
    status: page.status,
    carried: page.carried,
    contentType: page.contentType,
    vary: open
      ? openVary([page.vary, ...ruling.rules.policy.originCache.vary])
      : 'Accept-Encoding, Cookie, Authorization',
    cacheControl: open ? openCaching(page) : full ? 'private, no-store' : 'private, no-cache',
  };
  switch (kind) {
    case 'as-it-came':
      return variantOf(encoded, open ? { ...common, ...asStated(page) } : common);
    case 'withheld':
      return variantOf(encoded, { ...common, ...withheldDocument(page, decision) });
    case 'composed':
      return page.form.kind === 'html'
        ? variantOf(encoded, { ...common, ...asUtf8Page(page, ruling) })
        : variantOf(encoded, { ...common, contentType: asUtf8Type(page.contentType) });
    default:
      return kind satisfies never;
  }
};

/** An open page that the origin makes for each reader must not become everybody's in a cache before us. */
const openVary = (stated: readonly (string | undefined)[]): string => {
  const names = new Map([['accept-encoding', 'Accept-Encoding']]);
  for (const name of stated.flatMap((some) => (some ?? '').split(',')).map((each) => each.trim()))
    if (name !== '' && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  // It stands for all others.
  return names.has('*') ? '*' : [...names.values()].join(', ');
};

/** An open page says of keeping what the origin's says, whichever of its headers says it. */
const asStated = (page: ArticlePage) => {
  const { carried, keeping = [], cacheControl, own } = page;
  const saysAll = cacheControl === undefined && keeping.some(([name]) => name.toLowerCase() === 'expires');
  return {
    carried: [...carried, ...keeping],
    cacheControl: saysAll && !own ? undefined : openCaching(page),
  };
};

/** Where the origin says nothing: a page with a cookie is one reader's, in caches before us, too. */
const openCaching = ({ cacheControl, own }: ArticlePage): string =>
  cacheControl ?? (own && own.cookies.length > 0 ? 'private, no-cache' : 'no-cache');

const asUtf8Page = ({ carried }: ArticlePage, { cut }: Ruling) => {
  const takenOver = cut?.form === 'html' && cut.page.kind === 'parts' && cut.page.parts.takenOver;
  const scripts = takenOver ? { scripts: keepInPlaceHash } : {};
  return {
    contentType: 'text/html; charset=utf-8',
    carried: allowInHeaders(carried, { styles: isolatedStyleHashes, ...scripts }),
  };
};

const compose = (
  { page, ruling, decision, registered }: FormRequest,
  { catalogue, cardsOnFull, promptOffer, codeOf }: FormOptions,
): string | 'as-it-came' | 'withheld' => {
  const { cut, rules } = ruling;
  if (decision.reason === 'staff') return 'as-it-came';
  const full = decision.outcome === 'full';
  if (cut?.form === 'json') {
    if (full) return 'as-it-came';
    return cut.json === 'uncuttable' ? 'withheld' : cut.json.json;
  }
  if (cut === undefined) return full ? 'as-it-came' : 'withheld';
  const { policy } = rules;
  const messages = rules.messages(page.article.language);
  const facts: PageFacts = {
    article: page.article,
    policy,
    messages,
    cards: cardsFor(page.article, catalogue, policy),
    cardsOnFull,
    registered,
    ...(decision.outcome === 'full'
      ? { plans: [] }
      : {
          plans: plansAt(
            { article: page.article, products: decision.products },
            { policy, messages, registered },
            promptOffer,
          ),
          reference: codeOf(codedDecision(page.article.id, decision, registered)),
        }),
  };
  if (cut.page.kind === 'no-body')
    return decision.outcome === 'full' ? 'as-it-came' : composeWithheld(cut.page.page, decision, facts);
  return decision.outcome === 'full'
    ? composeFull(cut.page.parts, decision, facts)
    : composePreview(cut.page.parts, decision, facts);
};

const plansAt = (
  place: OfferPlace,
  words: Parameters<PromptOffer['plansAt']>[1],
  promptOffer: PromptOffer | undefined,
): readonly PromptPlan[] =>
  promptOffer?.plansAt(place, words) ??
  words.policy.plans
    .filter(({ products }) => products.some((product) => place.products.includes(product)))
    .map(({ name }) => ({ name }));
