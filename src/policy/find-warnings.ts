/** What a usable policy says that its author hardly means. */
import type { AccessLevel } from '../article/article.ts';
import type { Policy, Rule, RuleTerms } from './policy.ts';
import type { Finding, WarningCode } from './policy-fault.ts';
import { type ShadowWork, shadowOf, shadowWork } from './shadowed.ts';
import { staffProbesOf } from './staff-probes.ts';

/** @param isWritten whether the file says something at a path, as opposed to a default */
export const findWarnings = (
  policy: Policy,
  isWritten: (...path: (string | number)[]) => boolean,
): readonly Finding[] => {
  const work = shadowWork();
  const otherwiseApplies = !policy.rules.some(({ when }) => Object.keys(when).length === 0);
  const inUse = [
    ...policy.rules.map((rule, index) => ({
      terms: rule as RuleTerms,
      at: ['rules', index] as const,
      label: `rule ${rule.id}`,
    })),
    ...(otherwiseApplies
      ? [{ terms: policy.otherwise, at: ['otherwise'] as const, label: 'otherwise' }]
      : []),
  ];
  return [
    ...policy.rules.flatMap((rule, index) => shadowWarning(rule, policy.rules.slice(0, index), index, work)),
    ...(!otherwiseApplies && isWritten('otherwise') ? [otherwiseNeverApplies] : []),
    ...inUse.flatMap(({ terms, at, label }) => termsWarnings(policy, terms, at, label, isWritten)),
    ...meterWarnings(
      policy,
      inUse.map(({ terms }) => terms),
      isWritten,
    ),
    ...productWarnings(
      policy,
      inUse.map(({ terms }) => terms),
      isWritten,
    ),
    ...articleWarnings(policy),
    ...staffWarnings(policy),
  ];
};

const warning = (code: WarningCode, at: Finding['at'], message: string, instead: string): Finding => ({
  code,
  at,
  message,
  instead,
});

const shadowWarning = (
  rule: Rule,
  earlier: readonly Rule[],
  index: number,
  work: ShadowWork,
): readonly Finding[] => {
  const shadow = shadowOf(rule, earlier, work);
  if (!shadow) return [];
  const message = `rule ${rule.id} can never apply: rule ${shadow.id}, further up, holds for all of its articles`;
  return [
    warning(
      'rule-never-matches',
      ['rules', index],
      message,
      `rule ${rule.id} above rule ${shadow.id}, or not at all`,
    ),
  ];
};

const otherwiseNeverApplies = warning(
  'otherwise-never-applies',
  ['otherwise'],
  'a rule without conditions already holds for every article',
  'either that rule or otherwise',
);

const levelsOf = ({ access, ownLevelFirst }: RuleTerms): readonly AccessLevel[] =>
  ownLevelFirst ? ['open', 'registered', 'metered', 'locked'] : [access];

const termsWarnings = (
  { meters }: Policy,
  terms: RuleTerms,
  at: Finding['at'],
  label: string,
  isWritten: (...path: (string | number)[]) => boolean,
): readonly Finding[] => {
  const meter = meters.find(({ id }) => id === terms.meter);
  if (terms.access === 'metered' && meter && !meter.on) {
    const message = `${label} is metered by ${meter.id}, which is off: nobody gets a free read`;
    return [warning('meter-off', at, message, `access: locked, or on: true for the meter ${meter.id}`)];
  }
  if (!levelsOf(terms).includes('metered') && isWritten(...at, 'meter')) {
    const message = `${label} names a meter, but at access ${terms.access} nothing is counted`;
    return [warning('meter-ignored', [...at, 'meter'], message, 'access: metered, or no meter')];
  }
  return [];
};

const meterWarnings = (
  { meters }: Policy,
  inUse: readonly RuleTerms[],
  isWritten: (...path: (string | number)[]) => boolean,
): readonly Finding[] => {
  const used = new Set(inUse.flatMap(({ meter }) => meter ?? []));
  return meters.flatMap(({ id, allowance }) => {
    const at = ['meters', id];
    const { visitor, registered } = allowance;
    return [
      ...(!used.has(id) && isWritten(...at)
        ? [
            warning(
              'meter-unused',
              at,
              `no rule counts by the meter ${id}`,
              `meter: ${id} in a rule, or no such meter`,
            ),
          ]
        : []),
      ...(registered < visitor
        ? [
            warning(
              'registering-costs-reads',
              isWritten(...at, 'registered') ? [...at, 'registered'] : at,
              `a reader who registers goes from ${visitor} free reads to ${registered}`,
              `registered: ${visitor} or more`,
            ),
          ]
        : []),
    ];
  });
};

const productWarnings = (
  { products, plans }: Policy,
  inUse: readonly RuleTerms[],
  isWritten: (...path: (string | number)[]) => boolean,
): readonly Finding[] => {
  if (!isWritten('products')) return [];
  const sold = new Set(plans.flatMap((plan) => plan.products));
  const opening = new Set(
    inUse
      .filter((terms) => levelsOf(terms).some((level) => level !== 'open'))
      .flatMap((terms) => terms.products),
  );
  return products.flatMap(({ id }, index) => [
    ...(plans.length > 0 && !sold.has(id)
      ? [
          warning(
            'product-unsold',
            ['products', index],
            `no plan sells the product ${id}`,
            `${id} in a plan's products; fine as it is if you only grant it`,
          ),
        ]
      : []),
    ...(opening.has(id)
      ? []
      : [
          warning(
            'product-opens-nothing',
            ['products', index],
            `no rule's articles are opened by the product ${id}`,
            `${id} in a rule's products`,
          ),
        ]),
  ]);
};

const articleWarnings = ({ articles }: Policy): readonly Finding[] => {
  const { paths, ignore, metadata, body } = articles;
  const both = paths.find((path) => ignore.includes(path));
  return [
    ...(!metadata && paths.length === 0
      ? [
          warning(
            'articles-unfindable',
            ['articles'],
            'with metadata off and no paths, only pages with the header Gatefold-Article are articles',
            'metadata: true, or paths',
          ),
        ]
      : []),
    ...(!metadata && body.length === 0
      ? [
          warning(
            'body-unfindable',
            ['articles', 'body'],
            'with metadata off and no body selectors no text is found: gated articles show nothing',
            'body: .article-body, or the selector of your site',
          ),
        ]
      : []),
    ...(both === undefined
      ? []
      : [
          warning(
            'article-path-ignored',
            ['articles', 'ignore'],
            `${both} is both an article path and ignored`,
            'it in one of the two lists',
          ),
        ]),
  ];
};

const staffWarnings = ({ staff }: Policy): readonly Finding[] => {
  const asksAboutMany = staffProbesOf(staff).find(({ credentials }) => credentials.kind === 'any');
  if (asksAboutMany === undefined) return [];
  const message = `the site is asked ${asksAboutMany.address} about every reader who brings a cookie of its own`;
  return [
    warning(
      'staff-cookies-unnamed',
      ['staff', 'probe'],
      message,
      'cookies: with the names of those by which the site knows its own people',
    ),
  ];
};
