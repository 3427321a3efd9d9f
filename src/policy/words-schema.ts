/** The small words that every part of the policy file is written in: ids, globs, selectors, one-or-many lists. */
import { compile } from 'css-select';
import { z } from 'zod';
import { globFault, nameGlobFault } from './glob.ts';
import { idFault, idPattern } from './id-word.ts';
import {
  contactFault,
  headerNameFault,
  languageFault,
  pointerFault,
  type TextFault,
  timeZoneFault,
} from './judge-text.ts';
import type { FaultCode } from './policy-fault.ts';

/** Adds a check whose fault has a code of its own and says what to write instead. */
export const judged = <S extends z.ZodType>(
  schema: S,
  code: FaultCode,
  judge: (value: z.output<S>) => TextFault | undefined,
) =>
  schema.superRefine((value, context) => {
    // What is too long is said already, and isn't read: judging takes time by the length.
    if (typeof value === 'string' && context.issues.length > 0) return;
    const fault = judge(value);
    if (fault) {
      context.addIssue({ code: 'custom', message: fault.message, params: { code, instead: fault.instead } });
    }
  });

export const shortText = (longest: number) => z.string().trim().min(1).max(longest);

export const idWord = judged(z.string().min(1), 'invalid-id', idFault).meta({ pattern: idPattern.source });

export const pathGlob = judged(z.string().min(1).max(500), 'invalid-glob', globFault).meta({
  pattern: '^/',
  examples: ['/news/**', '/2026/*/*'],
});

export const nameGlob = judged(z.string().min(1).max(200), 'invalid-glob', nameGlobFault).meta({
  examples: ['sess*'],
});

/** Of a header that copies are kept apart by. */
export const headerName = judged(z.string().min(1).max(60), 'invalid-header-name', headerNameFault).meta({
  examples: ['Accept-Language'],
});

export const selectorWord = judged(shortText(500), 'invalid-selector', (selector) => {
  try {
    compile(selector);
    return undefined;
  } catch (error) {
    const detail = error instanceof Error ? error.message.toLowerCase() : 'not understood';
    return {
      message: `${JSON.stringify(selector.slice(0, 80))} isn't a CSS selector (${detail})`,
      instead: 'a selector such as .article-body, #content or [itemprop="articleBody"]',
    };
  }
});

export const pointerWord = judged(z.string().min(1).max(500), 'invalid-pointer', pointerFault).meta({
  pattern: '^/',
  examples: ['/content_html', '/items/*/content_html'],
});

export const languageWord = judged(z.string().min(1), 'invalid-language', languageFault);
export const timeZoneWord = judged(z.string().min(1), 'invalid-time-zone', timeZoneFault);
export const contactWord = judged(shortText(300), 'invalid-contact', contactFault);

/** A list, or one of its kind written without the dash. Never empty: an empty list grants nobody and matches nothing. */
export const oneOrMany = <T extends string>(item: z.ZodType<T>) =>
  z.union([item, z.array(item).min(1).max(1000)]).transform(asList);

/** The same where an empty list is a plain "none". */
export const anyNumberOf = <T extends string>(item: z.ZodType<T>) =>
  z.union([item, z.array(item).max(1000)]).transform(asList);

const asList = <T extends string>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
