/** Many edits one after the other: the text says what was asked for, whatever its style, and leads back to no draft. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { keepsComments } from '../../../src/console/draft/keeps-comments.ts';
import { applyEdit } from '../../../src/policy/edit/apply-edit.ts';
import type { PolicyEdit } from '../../../src/policy/edit/policy-edit.ts';
import { loadPolicy } from '../../../src/policy/load-policy.ts';
import { edits, policyTexts } from '../../policy/edit/arbitrary-texts.ts';
import { type OperatorBrowser, operatorAt } from '../../support/console-browser.ts';
import { type RunningGateway, startGateway } from '../../support/start-gateway.ts';

const sample = readFileSync(new URL('../../../config/policy.yaml', import.meta.url), 'utf8');

const saysOf = (text: string): string => {
  const loaded = loadPolicy(text, 'policy.yaml');
  return loaded.kind === 'ok'
    ? loaded.policy.version
    : `faulty: ${loaded.faults.map(({ path, code }) => `${path} ${code}`).sort()}`;
};

/** As the console makes an edit: one that would have faults is not kept. */
const after = (text: string, edit: PolicyEdit): string => {
  const edited = applyEdit(text, edit);
  return edited.kind === 'edited' && !saysOf(edited.text).startsWith('faulty') ? edited.text : text;
};

test('any sequence of edits ends in the same policy, however the text was written', () => {
  fc.assert(
    fc.property(policyTexts, fc.array(edits, { minLength: 2, maxLength: 8 }), (text, asked) => {
      let [styled, plain] = [text, JSON.stringify(parse(text) ?? {})];
      for (const edit of asked) {
        [styled, plain] = [after(styled, edit), after(plain, edit)];
        expect(saysOf(styled)).toBe(saysOf(plain));
      }
    }),
    { numRuns: 150, endOnFailure: true },
  );
});

test('a message that is set and reset in the sample’s policy leaves its text as it was', () => {
  const message = { kind: 'set-message', locale: 'en', key: 'prompt.registration' } as const;
  const set = after(sample, { ...message, text: 'Sign up.' });
  expect(set).toContain('Sign up.');
  expect(after(set, { ...message, text: null })).toBe(sample);
});

test('words of an editor are never taken for ones that stand elsewhere', () => {
  expect(keepsComments('a: 1 # one\n', 'a: 1\n# one\r\n')).toBe(true);
  expect(keepsComments('a: 1 # one\n# one\n', 'a: 1\n# one\n')).toBe(false);
  expect(keepsComments('a: 1\n', '# two\na: 1\n')).toBe(true);
  expect(keepsComments('#two\na: 1\n', 'a: 1\n')).toBe(false);
});

let site: RunningGateway;
let ann: OperatorBrowser;
beforeAll(async () => {
  site = await startGateway({ policy: sample });
  ann = await operatorAt(site, 'editor');
});
afterAll(async () => {
  await site?.stop();
});

const edit = async (asked: PolicyEdit) => {
  const { revision } = (await ann.api('GET', '/policy')).body;
  const edited = await ann.api('POST', '/policy/draft/edits', { revision, edit: asked });
  expect(edited.status).toBe(200);
  return (await ann.api('GET', '/policy')).body;
};

const addMeter = { kind: 'add-meter', id: 'weekly', meter: { window: 'week', visitor: 1 } } as const;
const removeMeter = { kind: 'remove-meter', id: 'weekly' } as const;

test('edits that bring back what is in force in other words leave no draft', async () => {
  expect((await edit(addMeter)).draft).not.toBeNull();
  // The rules name their meter by now, which says what they said without it.
  const { draft, changes } = await edit(removeMeter);
  expect([draft, changes]).toEqual([null, []]);
});

test('but the draft stays while somebody’s comment is in it', async () => {
  const { draft } = await edit(addMeter);
  const text = `# Ask Ben before this goes out.\n${draft.text}`;
  expect((await ann.api('PUT', '/policy/draft', { revision: draft.revision, text })).status).toBe(200);
  const left = await edit(removeMeter);
  expect(left.draft?.text).toContain('# Ask Ben');
  expect(left.changes).toEqual([]);
});
