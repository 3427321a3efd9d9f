import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { applyEdit } from '../../../src/policy/edit/apply-edit.ts';
import { fieldFaults } from '../../../src/policy/edit/field-faults.ts';
import type { PolicyEdit } from '../../../src/policy/edit/policy-edit.ts';
import { loadPolicy } from '../../../src/policy/load-policy.ts';
import { formatFault } from '../../../src/policy/policy-fault.ts';
import { times } from '../../support/effort.ts';
import { edits, policyTexts } from './arbitrary-texts.ts';

const versionOf = (text: string): string => {
  const loaded = loadPolicy(text, 'policy.yaml');
  return loaded.kind === 'ok'
    ? loaded.policy.version
    : `faulty: ${loaded.faults.map(({ path, code }) => `${path} ${code}`).sort()}`;
};

const textAfter = (text: string, edit: PolicyEdit): string | undefined => {
  const edited = applyEdit(text, edit);
  return edited.kind === 'edited' ? edited.text : undefined;
};

const commentsIn = (text: string): readonly string[] =>
  [...text.matchAll(/# (?:about|beside) \d+/g)].map(String).sort();

describe('whatever the style of the file', () => {
  test('an edited policy loads, or its faults are those of the edited values', () => {
    fc.assert(
      fc.property(policyTexts, edits, (text, edit) => {
        expect(versionOf(text)).not.toMatch(/faulty/);
        const edited = applyEdit(text, edit);
        if (edited.kind === 'refused') {
          expect(['unknown', 'taken', 'in-use', 'invalid-id', 'only-one', 'otherwise-needed']).toContain(
            edited.refusal.kind,
          );
          return;
        }
        const loaded = loadPolicy(edited.text, 'policy.yaml');
        const faults = loaded.kind === 'faulty' ? loaded.faults : [];
        expect(fieldFaults(edited.at, faults).elsewhere.map(formatFault)).toEqual([]);
      }),
      { numRuns: times(75), endOnFailure: true },
    );
  });

  test('reading only what is needed writes what reading all of it writes', () => {
    // Lines alone can't tell whether this is an anchor.
    const unsplit = '\n# &x\n';
    fc.assert(
      fc.property(policyTexts, edits, (text, edit) => {
        const split = textAfter(text, edit);
        const whole = textAfter(`${text}${unsplit}`, edit);
        expect(whole === undefined).toBe(split === undefined);
        if (split !== undefined && whole !== undefined) expect(versionOf(whole)).toBe(versionOf(split));
      }),
      { numRuns: times(75), endOnFailure: true },
    );
  });

  test('an edit done twice gives the very same text the second time', () => {
    fc.assert(
      fc.property(policyTexts, edits, (text, edit) => {
        fc.pre(edit.kind.startsWith('set-') || edit.kind === 'move-rule');
        const once = textAfter(text, edit);
        fc.pre(once !== undefined && !(edit.kind === 'set-rule' && edit.set.name !== undefined));
        expect(textAfter(once, edit)).toBe(once);
      }),
      { numRuns: times(75), endOnFailure: true },
    );
  });

  test('no comment is lost where nothing is taken away', () => {
    fc.assert(
      fc.property(policyTexts, edits, (text, edit) => {
        fc.pre(['add-meter', 'rename-meter', 'move-rule', 'add-rule', 'add-entry'].includes(edit.kind));
        const after = textAfter(text, edit);
        fc.pre(after !== undefined);
        expect(commentsIn(after)).toEqual(commentsIn(text));
      }),
      { numRuns: times(75), endOnFailure: true },
    );
  });

  test('edits of different parts can be made in either order', () => {
    fc.assert(
      fc.property(policyTexts, edits, edits, (text, one, other) => {
        const [a, b] = [placeOf(text, one), placeOf(text, other)];
        fc.pre(a !== undefined && b !== undefined && a !== b);
        const [first, second] = [textAfter(text, one), textAfter(text, other)];
        fc.pre(first !== undefined && second !== undefined);
        const [both, either] = [textAfter(first, other), textAfter(second, one)];
        if (both === undefined || either === undefined) throw new Error('refused the second time');
        expect(versionOf(either)).toBe(versionOf(both));
        // What an alias stood for may by then have been written out at different places.
        if (!text.includes('&a')) expect(either).toBe(both);
      }),
      { numRuns: times(75), endOnFailure: true },
    );
  });
});

/** Which part an edit that stays within one part is of. */
const placeOf = (text: string, edit: PolicyEdit): string | undefined => {
  switch (edit.kind) {
    case 'set-meter':
      return text.includes('meters') ? `meter ${edit.id}` : undefined;
    case 'set-rule':
      return edit.set.name === undefined && edit.set.when === undefined ? `rule ${edit.name}` : undefined;
    case 'set-entry':
      return `${edit.list} ${edit.id}`;
    case 'set-section':
      return edit.section;
    case 'set-cutoff':
      return 'cutoff';
    case 'move-rule':
      return 'order';
    default:
      return undefined;
  }
};
