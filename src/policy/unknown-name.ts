/** The fault of a name that nothing has. */
import { nearest } from './nearest.ts';
import type { FaultCode, Finding } from './policy-fault.ts';

/** Empty when the name is known. */
export const unknownName = (
  used: { readonly text: string; readonly at: Finding['at'] },
  known: readonly string[],
  kind: string,
  code: FaultCode,
): readonly Finding[] => {
  if (known.includes(used.text)) return [];
  const near = nearest(used.text, known);
  return [
    {
      code,
      at: used.at,
      message: `there is no ${kind} ${JSON.stringify(used.text.slice(0, 60))}${near ? `; did you mean ${near}?` : ''}`,
      instead:
        near ??
        (known.length > 0 ? `one of ${known.join(', ')}` : `a ${kind} that the policy defines; it has none`),
    },
  ];
};
