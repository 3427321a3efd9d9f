/** Edits of what is a single group of fields, of the policy's cutoff, and of messages. */
import type { PolicyEdit } from './policy-edit.ts';
import { changesAt, misshapen, type Ruling } from './ruling.ts';
import { isRaw, type WrittenPolicy, withFields } from './written-policy.ts';

type SectionEdit = Extract<PolicyEdit, { readonly kind: 'set-section' | 'set-cutoff' | 'set-message' }>;

export const editSections = (policy: WrittenPolicy, edit: SectionEdit): Ruling => {
  switch (edit.kind) {
    case 'set-cutoff':
      return changesAt(['cutoff'], { sections: { cutoff: edit.cutoff ?? undefined } });
    case 'set-message':
      return setMessage(policy, edit);
    case 'set-section': {
      const fields = policy.section(edit.section) ?? {};
      if (!isRaw(fields)) return misshapen(edit.section);
      const next = withFields(fields, { ...edit.set });
      return changesAt([edit.section], { sections: { [edit.section]: next } });
    }
  }
};

const setMessage = (
  policy: WrittenPolicy,
  { locale, key, text }: Extract<SectionEdit, { kind: 'set-message' }>,
): Ruling => {
  const messages = policy.section('messages') ?? {};
  if (!isRaw(messages)) return misshapen('messages');
  const before = (Object.hasOwn(messages, locale) ? messages[locale] : undefined) ?? {};
  if (!isRaw(before)) return misshapen('messages', locale);
  const after = withFields(before, { [key]: text });
  const next = withFields(messages, { [locale]: Object.keys(after).length > 0 ? after : null });
  const left = Object.keys(next).length > 0 ? next : undefined;
  return changesAt(['messages', locale, key], { sections: { messages: left } });
};
