/** Which rule applies to an article, and until when; explain asks the same compiled conditions. */
import type { AccessLevel, Article } from '../article/article.ts';
import { compileForms } from './address-pattern.ts';
import { builtInJsonForms } from './built-in-forms.ts';
import { type AgeCondition, type Condition, compileAge, compileConditions } from './conditions.ts';
import { compileGlobs, compileNameGlobs } from './glob.ts';
import { isHarmlessByName } from './harmless-cookies.ts';
import type {
  FeedWay,
  JsonForm,
  Policy,
  Publication,
  Rule,
  RuleId,
  RuleOutcome,
  RuleTerms,
} from './policy.ts';
import { folded } from './same-words.ts';
import { compileSlugAddresses, type SlugAddresses } from './slug-address.ts';

export interface Match {
  readonly rule: RuleId | 'otherwise';
  /** The same object for every article that gets the same, so that it can be compared by identity. */
  readonly outcome: RuleOutcome;
  /** Milliseconds: this match holds for the same article in `[now, validUntil)`; Infinity when time changes nothing. */
  readonly validUntil: number;
}

export interface Matcher {
  /** The first rule all of whose conditions hold, else `otherwise`. */
  match(article: Article, now: number): Match;
  /** The first condition of that rule that fails, in words; undefined exactly when the rule by itself holds. */
  whyNot(rule: RuleId, article: Article, now: number): string | undefined;
  /** By its path alone; paths are canonical, without the query. */
  isArticlePath(path: string): boolean;
  isIgnoredPath(path: string): boolean;
  /** Something that the policy says hangs on this path: which article it is, which rule holds, what becomes of it. */
  isRuledPath(path: string): boolean;
  /** What becomes of gated articles in a feed that stands there. */
  feedWayAt(path: string): FeedWay;
  jsonFormFor(path: string): JsonForm | undefined;
  /** The publication's id: by the id or name that the page states, else by the path; a name nobody knows stays itself. */
  publicationOf(path: string, stated?: string): string;
  /** Never read for withheld text. */
  isPassedPath(path: string): boolean;
  /** Refused where withheld text is found, instead of being cleaned. */
  isStoppedPath(path: string): boolean;
  /** The address, as the policy writes it, of the article that this address is a form of by the policy. */
  articleBehind(target: string, path: string): string | undefined;
  /** Where an article may stand of which only the slug is known, by the policy's paths. */
  readonly addressesOfSlug: SlugAddresses;
  /** Whether a reader with a cookie of this name gets pages of their own from the origin. */
  isPersonalCookie(name: string): boolean;
  /** Whether a cookie of this name changes nothing of what the origin sends. */
  isHarmlessCookie(name: string): boolean;
  /** Whether the origin may say this to what stands in front of Gatefold; the name in lower case. */
  passesHeader(name: string): boolean;
}

/** Compiles every glob and list once; make one for each policy. */
export const createMatcher = (policy: Policy): Matcher => {
  const rules = policy.rules.map(compileRule);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const otherwise = outcomesOf(policy.otherwise);
  const forms = [...policy.articles.json, ...builtInJsonForms].map((form) => ({
    form,
    matches: compileGlobs(form.paths),
  }));
  const feeds = policy.articles.feeds.map(({ paths, way }) => ({ way, matches: compileGlobs(paths) }));
  return {
    match: (article, now) => firstMatch(rules, otherwise, article, now),
    whyNot: (id, article, now) => {
      const rule = byId.get(id);
      return rule ? failureOf(rule, article, now) : `the policy has no rule ${id}`;
    },
    isArticlePath: compileGlobs(policy.articles.paths),
    isIgnoredPath: compileGlobs(policy.articles.ignore),
    isRuledPath: compileGlobs(ruledPaths(policy)),
    feedWayAt: (path) => feeds.find(({ matches }) => matches(path))?.way ?? 'cut',
    jsonFormFor: (path) => forms.find(({ matches }) => matches(path))?.form,
    publicationOf: publicationFinder(policy.publications),
    isPassedPath: compileGlobs(policy.sentry.pass),
    isStoppedPath: compileGlobs(policy.sentry.stop),
    articleBehind: compileForms(policy.sentry.forms),
    addressesOfSlug: compileSlugAddresses([
      ...policy.sentry.forms.map(({ article }) => article.replace('{article}', '*')),
      ...policy.articles.paths,
    ]),
    isPersonalCookie: compileNameGlobs(policy.originCache.personalCookies),
    isHarmlessCookie: eitherName(isHarmlessByName, compileNameGlobs(policy.originCache.harmlessCookies)),
    passesHeader: compileNameGlobs(policy.originHeaders.pass.map((name) => name.toLowerCase())),
  };
};

type NameTest = (name: string) => boolean;

const eitherName =
  (one: NameTest, other: NameTest): NameTest =>
  (name) =>
    one(name) || other(name);

const ruledPaths = ({ articles, rules, publications, sentry }: Policy): readonly string[] => [
  ...[...articles.paths, ...sentry.pass, ...sentry.stop],
  ...[...articles.json, ...builtInJsonForms, ...publications].flatMap(({ paths }) => paths),
  ...rules.flatMap(({ when }) => when.path ?? []),
];

interface CompiledRule {
  readonly id: RuleId;
  readonly conditions: readonly Condition[];
  readonly age: AgeCondition | undefined;
  readonly outcomes: Outcomes;
}

const compileRule = (rule: Rule): CompiledRule => ({
  id: rule.id,
  conditions: compileConditions(rule.when),
  age: compileAge(rule.when),
  outcomes: outcomesOf(rule),
});

/** What the rule gives to an article that states no level of its own, and to those that do. */
interface Outcomes {
  readonly unstated: RuleOutcome;
  readonly stated?: Readonly<Record<AccessLevel, RuleOutcome>>;
}

const outcomesOf = (terms: RuleTerms): Outcomes => {
  const unstated = outcomeAt(terms.access, terms);
  if (!terms.ownLevelFirst) return { unstated };
  const [open, registered, metered, locked] = (['open', 'registered', 'metered', 'locked'] as const).map(
    (level) => (level === unstated.access ? unstated : outcomeAt(level, terms)),
  ) as [RuleOutcome, RuleOutcome, RuleOutcome, RuleOutcome];
  return { unstated, stated: { open, registered, metered, locked } };
};

/** An article that calls itself metered where there is no meter to count with is locked: nobody can be given a free read. */
const outcomeAt = (access: AccessLevel, { meter, products, cutoff }: RuleTerms): RuleOutcome => {
  if (access !== 'metered') return { access, products, cutoff };
  return meter === undefined ? { access: 'locked', products, cutoff } : { access, meter, products, cutoff };
};

const firstMatch = (
  rules: readonly CompiledRule[],
  otherwise: Outcomes,
  article: Article,
  now: number,
): Match => {
  let validUntil = Infinity;
  for (const rule of rules) {
    if (!rule.conditions.every((condition) => condition.holds(article))) continue;
    const reading = rule.age?.at(article, now);
    if (reading) validUntil = Math.min(validUntil, reading.until);
    if (reading?.holds ?? true)
      return { rule: rule.id, outcome: outcomeFor(rule.outcomes, article), validUntil };
  }
  return { rule: 'otherwise', outcome: outcomeFor(otherwise, article), validUntil };
};

const outcomeFor = ({ unstated, stated }: Outcomes, { ownLevel }: Article): RuleOutcome =>
  stated && ownLevel !== undefined ? stated[ownLevel] : unstated;

const failureOf = ({ conditions, age }: CompiledRule, article: Article, now: number): string | undefined => {
  const failing = conditions.find((condition) => !condition.holds(article));
  if (failing) return failing.why(article);
  return age && !age.at(article, now).holds ? age.why(article, now) : undefined;
};

const publicationFinder = (publications: readonly Publication[]): Matcher['publicationOf'] => {
  const byWord = new Map(publications.map(({ id, name }) => [folded(name), id]));
  for (const { id } of publications) byWord.set(folded(id), id);
  const byPath = publications.map(({ id, paths }) => ({ id, matches: compileGlobs(paths) }));
  return (path, stated = '') =>
    byWord.get(folded(stated)) ?? byPath.find(({ matches }) => matches(path))?.id ?? stated;
};
