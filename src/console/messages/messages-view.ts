/** Every message in one language: what readers get without the publisher's own text, and that text where there is one. */
import { catalogues } from '../../pages/messages/catalogues.ts';
import { createMessages, type Messages } from '../../pages/messages/create-messages.ts';
import { type Direction, direction } from '../../pages/messages/direction.ts';
import type { CountedKey, TextKey } from '../../pages/messages/en.ts';
import { placeholdersOf } from '../../pages/messages/message-keys.ts';
import type { Policy } from '../../policy/policy.ts';
import type { DeskView, DeskViewer } from '../draft/desk-view.ts';
import { everyMessage, type KnownMessage } from './message-groups.ts';
import { type PluralForm, pluralForms } from './plural-forms.ts';

export interface MessagesView {
  readonly desk: DeskView;
  /** `inForce` without a draft, and where the draft has faults. */
  readonly of: 'draft' | 'inForce';
  readonly policy: Policy;
  /** The site's own first, then the built-in ones, then those that the policy adds. */
  readonly locales: readonly ListedLocale[];
  readonly locale: string;
  readonly direction: Direction;
  readonly messages: readonly MessageView[];
}

export interface ListedLocale {
  readonly locale: string;
  readonly builtIn: boolean;
  /** How many own texts there are in it. */
  readonly own: number;
}

export interface MessageView extends KnownMessage {
  /** Without braces. */
  readonly placeholders: readonly string[];
  readonly texts: readonly TextView[];
}

export interface TextView {
  /** As the policy names it: `notice.one`. */
  readonly key: string;
  /** Absent: of a message without plural forms, or for all of its forms alike. */
  readonly form?: PluralForm;
  /** What readers get without an own text; absent for all forms alike. */
  readonly builtIn?: string;
  readonly own?: string;
  /** The own text that readers meet, where it is another one; '' where they meet none. */
  readonly inForce?: string;
}

/** @param locale of the site where it is absent. Rejects when the store can't be asked. */
export const viewMessages = async (desk: DeskViewer, locale?: string): Promise<MessagesView> => {
  const seen = await desk.view();
  const { working, published } = seen;
  const { policy: inForce } = published;
  if (inForce === undefined) throw new Error('The policy in force has faults.');
  const policy = working.policy ?? inForce;
  const chosen = locale ?? policy.site.language;
  const texts = textsIn(policy, inForce, chosen);
  return {
    desk: seen,
    of: working.policy && working.draft ? 'draft' : 'inForce',
    policy,
    locales: listedLocales(policy),
    locale: chosen,
    direction: direction(chosen),
    messages: everyMessage.map((message) => ({
      ...message,
      placeholders: placeholdersOf(message.key),
      texts: texts(message),
    })),
  };
};

/** The publisher's own texts in a language; none for one that only looks like a name of it. */
export const ownTexts = (
  { messages }: Pick<Policy, 'messages'>,
  locale: string,
): Readonly<Record<string, string>> => (Object.hasOwn(messages, locale) ? messages[locale] : undefined) ?? {};

export const messagesWith = (policy: Policy, overrides: Policy['messages'], locale: string): Messages => {
  const { language: siteLanguage, timeZone } = policy.site;
  return createMessages({ overrides, siteLanguage, timeZone })(locale);
};

const textsIn = (policy: Policy, inForce: Policy, locale: string) => {
  const { [locale]: _, ...others } = policy.messages;
  const without = messagesWith(policy, others, locale);
  const [own, before] = [ownTexts(policy, locale), ownTexts(inForce, locale)];
  const forms = pluralForms(locale);
  const written = (key: string) => ({
    ...(Object.hasOwn(own, key) ? { own: own[key] ?? '' } : {}),
    ...(own[key] === before[key] ? {} : { inForce: before[key] ?? '' }),
  });
  return ({ key, counted }: KnownMessage): readonly TextView[] => {
    if (!counted) return [{ key, builtIn: without.text(key as TextKey), ...written(key) }];
    return [
      ...forms.map((form) => ({
        ...{ key: `${key}.${form.category}`, form },
        builtIn: without.counted(key as CountedKey, form.sample, {}),
        ...written(`${key}.${form.category}`),
      })),
      { key, ...written(key) },
    ];
  };
};

const listedLocales = (policy: Policy): readonly ListedLocale[] => {
  const all = [policy.site.language, ...catalogues.keys(), ...Object.keys(policy.messages)];
  return [...new Set(all)].map((locale) => ({
    locale,
    builtIn: catalogues.has(locale),
    own: Object.keys(ownTexts(policy, locale)).length,
  }));
};
