/** What to do with a response once its head is known, before any byte of its body is sent. */
import { parseArticleHeader } from '../article/article-header.ts';
import type { HeaderPairs, OriginHead } from '../origin/origin.ts';
import { isAssetPath, isMediaType, mayBeOtherForm, type TypeClass, typeClass } from './inspect-type.ts';
import { isFormAddress } from './page-addresses.ts';

export type Treatment =
  /** No article: send it on as it comes. */
  | 'stream'
  /** Read it whole: it may be an article, and only its text tells. */
  | 'collect'
  /** An article in a type that can't be cut: decide before sending anything. */
  | 'hold'
  /** Possibly another form of an article: look at the address's page first. */
  | 'probe'
  /** An answer to a condition, a range or a HEAD that may be about an article: ask for the whole. */
  | 'ask-again';

export interface TreatmentFacts {
  readonly target: string;
  readonly path: string;
  readonly method: string;
  /** The policy or an earlier look says that an article stands here. */
  readonly articlePath: boolean;
  /** An article was seen at the path, perhaps under another query. */
  readonly nearArticle: boolean;
  /** The policy says which article the address is a form of. */
  readonly namedForm: boolean;
  /** The policy has pointers for this path's JSON. */
  readonly jsonPath: boolean;
  readonly cutsFeeds: boolean;
  readonly accept: string | undefined;
  /** Looked at before and found to be no article. */
  readonly knownPlain: boolean;
  /** The gate put a condition or a range of the client's into its question. */
  readonly conditional: boolean;
}

export const treatmentOf = (head: OriginHead, facts: TreatmentFacts): Treatment => {
  const { status, headers } = head;
  if (status < 200 || status === 204 || status === 205) return 'stream';
  const mayAskAgain = facts.method === 'GET' || facts.method === 'HEAD';
  if (status === 304)
    return mayAskAgain && facts.conditional && !isAssetPath(facts.path) ? 'ask-again' : 'stream';
  if (isRedirect(head)) return 'stream';
  const type = typeClass(headerValue(headers, 'content-type'), facts.target);
  const wanted = treatmentOfType(type, facts, headers);
  if (wanted === 'stream' || isFault(status, type, headers)) return 'stream';
  // A part of a film tells as much of its article as the whole does: nothing.
  if (status === 206 && wanted === 'hold' && isMediaType(headerValue(headers, 'content-type'))) return 'hold';
  if (facts.method === 'HEAD' || (status === 206 && mayAskAgain)) return 'ask-again';
  return wanted;
};

/** It says where to go, whatever stands at its address at other times; what is written beside that isn't sent on. */
export const isRedirect = ({ status, headers }: OriginHead): boolean =>
  status >= 300 && status < 400 && status !== 304 && headerValue(headers, 'location') !== undefined;

/** What went wrong, told in a form that can't be a page: nobody's article, whatever stands there at other times. */
const isFault = (status: number, type: TypeClass, headers: HeaderPairs): boolean =>
  status >= 400 && type !== 'page' && headerValue(headers, 'gatefold-article') === undefined;

const treatmentOfType = (type: TypeClass, facts: TreatmentFacts, headers: HeaderPairs): Treatment => {
  const stated = type === 'page' ? undefined : parseArticleHeader(headerValue(headers, 'gatefold-article'));
  if (stated) return stated.kind === 'none' ? 'stream' : jsonOr(type, facts, 'hold');
  switch (type) {
    case 'page':
      return 'collect';
    case 'feed':
      return facts.cutsFeeds || facts.articlePath ? 'collect' : 'stream';
    case 'json':
    case 'document':
      if (facts.articlePath || facts.jsonPath) return jsonOr(type, facts, 'hold');
      return isNamedForm(facts, headers) || isNegotiated(facts, headers) ? 'probe' : 'stream';
    case 'script':
      if (facts.articlePath || facts.jsonPath) return facts.jsonPath ? 'collect' : 'hold';
      return isNamedForm(facts, headers) ? 'probe' : 'stream';
    case 'opaque':
      return facts.articlePath ? 'hold' : 'stream';
    default:
      return type satisfies never;
  }
};

const jsonOr = (type: TypeClass, facts: TreatmentFacts, otherwise: Treatment): Treatment =>
  type === 'json' && facts.jsonPath ? 'collect' : otherwise;

/** Its address or its own header says whose form it may be, whatever the method. */
const isNamedForm = (facts: TreatmentFacts, headers: HeaderPairs): boolean =>
  !facts.knownPlain &&
  (facts.namedForm ||
    isFormAddress(facts.target) ||
    facts.nearArticle ||
    /\bcanonical\b/i.test(joinedValues(headers, 'link') ?? ''));

/** What Accept and Vary say, they say of a GET. */
const isNegotiated = (facts: TreatmentFacts, headers: HeaderPairs): boolean =>
  !facts.knownPlain &&
  (facts.method === 'GET' || facts.method === 'HEAD') &&
  mayBeOtherForm(facts.accept, joinedValues(headers, 'vary'));

/** The first value of a header, whatever its spelling. */
export const headerValue = (headers: HeaderPairs, name: string): string | undefined =>
  headers.find(([candidate]) => candidate.length === name.length && candidate.toLowerCase() === name)?.[1];

/** Every value of a header that may be written several times. */
export const joinedValues = (headers: HeaderPairs, name: string): string | undefined => {
  const values = headers.filter(([candidate]) => candidate.toLowerCase() === name).map(([, value]) => value);
  return values.length > 0 ? values.join(', ') : undefined;
};
