/** A language as an operator names it: known already, or a tag of language, script and region that messages can be written in. */
import { languageFault } from '../../policy/judge-text.ts';
import type { Policy } from '../../policy/policy.ts';

export type NamedLocale =
  | { readonly kind: 'locale'; readonly locale: string }
  | { readonly kind: 'faulty'; readonly message: string };

export const namedLocale = (
  typed: string,
  { site, messages }: Pick<Policy, 'site' | 'messages'>,
): NamedLocale => {
  // However the policy writes it, it is the same one.
  if (typed === site.language || Object.hasOwn(messages, typed)) return { kind: 'locale', locale: typed };
  const fault = languageFault(typed);
  if (fault) return { kind: 'faulty', message: `${fault.message}: write ${fault.instead}.` };
  const [locale = typed] = Intl.getCanonicalLocales(typed);
  return /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/.test(locale)
    ? { kind: 'locale', locale }
    : {
        kind: 'faulty',
        message: 'Give a language, with a script and a region if need be: de, de-AT or zh-Hans.',
      };
};

/** Such as `German (de)`. */
export const localeInWords = (locale: string): string => {
  try {
    const name = names.of(locale);
    return name === undefined || name === locale ? locale : `${name} (${locale})`;
  } catch {
    return locale;
  }
};

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });
