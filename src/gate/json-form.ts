/** The JSON form that an address answers with, by the policy or by what content systems do by themselves. */
import type { JsonForm } from '../policy/policy.ts';
import { formPathsOf } from './form-address.ts';
import type { PolicyInForce } from './policy-in-force.ts';

export const jsonFormAt = (
  { target, path }: { readonly target: string; readonly path: string },
  { matcher }: PolicyInForce,
): JsonForm | undefined => {
  for (const formPath of formPathsOf(target, path)) {
    const form = matcher.jsonFormFor(formPath);
    if (form) return form;
  }
  return undefined;
};

const shortestText = 300;

/** Whether any string of the document is long enough to be an article's; what isn't JSON may hold anything. */
export const holdsText = (json: string): boolean => {
  try {
    return longest(JSON.parse(json)) >= shortestText;
  } catch {
    return true;
  }
};

const longest = (root: unknown): number => {
  let most = 0;
  const waiting: { readonly value: unknown; readonly summary: boolean }[] = [{ value: root, summary: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, summary } = next;
    if (typeof value === 'string')
      most = Math.max(most, summary && value.length <= longestSummary ? 0 : value.length);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        waiting.push({ value: inner, summary: summary || SUMMARY.test(key) });
  }
  return most;
};

/** With its markup. A longer one is the article under another name. */
const longestSummary = 800;
const SUMMARY =
  /^(?:(?:meta|og|seo)_?)?(?:excerpt|summary|description|teaser|standfirst|dek|deck|intro|lede?|abstract|subtitle|snippet)s?(?:_?html|_?text)?$/i;
