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

/** Several articles in one document: no single decision fits it. */
export const holdsMany = ({ body }: JsonForm): boolean => body.every((pointer) => pointer.startsWith('/*'));

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
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') most = Math.max(most, value.length);
    else if (typeof value === 'object' && value !== null)
      for (const each of Object.values(value)) waiting.push(each);
  }
  return most;
};
