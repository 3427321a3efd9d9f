/** Whether the messages that a policy overrides exist, and can be filled in. */
import { languageFault } from './judge-text.ts';
import type { Finding } from './policy-fault.ts';
import { members, type Written } from './raw-policy.ts';
import { unknownName } from './unknown-name.ts';

/** The messages that can be overridden; absent: not checked. */
export interface KnownMessages {
  readonly keys: readonly string[];
  /** Absent: any language. */
  readonly locales?: readonly string[];
  /** The names that a message's `{placeholders}` may have; absent: not checked. */
  readonly placeholdersOf?: (key: string) => readonly string[];
}

export const messageFindings = (section: Written, known?: KnownMessages): readonly Finding[] =>
  members(section).flatMap((locale) => [
    ...badLanguage(locale),
    ...(known?.locales
      ? onKey(
          unknownName(
            { text: locale.key, at: locale.at },
            known.locales,
            'built-in language',
            'unknown-locale',
          ),
        )
      : []),
    ...(known ? members(locale).flatMap((text) => textFindings(text, known)) : []),
  ]);

const textFindings = (
  { key, value, at: path }: Written & { readonly key: string },
  { keys, placeholdersOf }: KnownMessages,
): readonly Finding[] => {
  if (!keys.includes(key))
    return onKey(unknownName({ text: key, at: path }, keys, 'message', 'unknown-message'));
  if (!placeholdersOf || typeof value !== 'string') return [];
  const known = placeholdersOf(key);
  return [...value.matchAll(/\{([^{}]*)\}/g)].flatMap(([, name = '']) =>
    unknownName({ text: name, at: path }, known, 'placeholder', 'unknown-placeholder'),
  );
};

const badLanguage = ({ key, at }: Written & { readonly key: string }): readonly Finding[] => {
  const fault = languageFault(key);
  return fault ? [{ code: 'invalid-language', at, on: 'key', ...fault }] : [];
};

const onKey = (findings: readonly Finding[]): readonly Finding[] =>
  findings.map((finding) => ({ ...finding, on: 'key' }));
