/** The fault of a name that nothing has. */
import { namesInWords } from './names-in-words.ts';
import { nearest } from './nearest.ts';
import type { FaultCode, FaultWords, Finding } from './policy-fault.ts';

/** Empty when the name is known. */
export const unknownName = (
  used: { readonly text: string; readonly at: Finding['at'] },
  known: readonly string[],
  kind: string,
  code: FaultCode,
): readonly Finding[] => {
  if (known.includes(used.text)) return [];
  return [{ code, at: used.at, about: used.text, words: () => wordsOf(used.text, known, kind) }];
};

const wordsOf = (text: string, known: readonly string[], kind: string): FaultWords => {
  const near = nearest(text, known);
  return {
    message: `there is no ${kind} ${JSON.stringify(text.slice(0, 60))}${near ? `; did you mean ${near}?` : ''}`,
    instead:
      near ??
      (known.length > 0 ? `one of ${namesInWords(known)}` : `a ${kind} that the policy defines; it has none`),
  };
};
