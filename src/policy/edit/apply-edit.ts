/** One edit of a policy's text, which keeps its comments, order and style. */
import type { Path } from '../policy-fault.ts';
import { parsePolicyText } from '../policy-schema.ts';
import { defaultShare } from '../resolve-policy.ts';
import { editCatalogue } from './edit-catalogue.ts';
import { editMeters } from './edit-meters.ts';
import { editRules } from './edit-rules.ts';
import { editSections } from './edit-sections.ts';
import type { Edited, PolicyEdit } from './policy-edit.ts';
import type { Ruling } from './ruling.ts';
import { sameWritten } from './same-written.ts';
import { openWhole, type Source } from './source.ts';
import { openSplit } from './split-source.ts';
import type { Changes, Raw, WrittenPolicy } from './written-policy.ts';

/**
 * Never throws. The values are written as they are: what is wrong with them is said by `loadPolicy` of the new text,
 * at paths below `at`. An edit that makes no difference to the policy gives back the very same text.
 *
 * @param fileName as faults shall name the text
 */
export const applyEdit = (text: string, edit: PolicyEdit, fileName = 'policy.yaml'): Edited => {
  const split = openSplit(text);
  const quick = split && editIn(split, edit, text);
  if (quick && !split.failed()) return quick;
  const opened = openWhole(text, fileName);
  if (opened.kind === 'unreadable')
    return { kind: 'refused', refusal: { kind: 'unreadable', faults: opened.faults } };
  if (opened.kind === 'misshapen') return cantHold([]);
  return editIn(opened.source, edit, text) ?? cantHold([]);
};

const cantHold = (at: Path): Edited => ({ kind: 'refused', refusal: { kind: 'misshapen', at } });

/** undefined when the source isn't sure of what it would write. */
const editIn = (source: Source, edit: PolicyEdit, text: string): Edited | undefined => {
  const ruling = ruleOn(source.policy, edit);
  if (ruling.kind === 'refused') return ruling;
  const changes = realChanges(source.policy, ruling.changes);
  const written = changes ? source.write(changes) : text;
  return written === undefined ? undefined : { kind: 'edited', text: written, at: ruling.at };
};

const ruleOn = (policy: WrittenPolicy, edit: PolicyEdit): Ruling => {
  switch (edit.kind) {
    case 'add-meter':
    case 'set-meter':
    case 'rename-meter':
    case 'remove-meter':
      return editMeters(policy, edit);
    case 'add-rule':
    case 'set-rule':
    case 'move-rule':
    case 'remove-rule':
      return editRules(policy, edit);
    case 'add-entry':
    case 'set-entry':
    case 'remove-entry':
      return editCatalogue(policy, edit);
    case 'set-section':
    case 'set-cutoff':
    case 'set-message':
      return editSections(policy, edit);
  }
};

/** Without those that only write out a default, or the same in other words; undefined when none is left. */
const realChanges = (policy: WrittenPolicy, { sections = {}, rules }: Changes): Changes | undefined => {
  const changed = Object.entries(sections).filter(
    ([name, next]) => !sameSection(name, policy.section(name), next),
  );
  const before = policy.rules() ?? [];
  const next = rules?.map(({ of, value }) =>
    of && value !== undefined && sameSection('rules', [of.value()], [value])
      ? { of }
      : { ...(of ? { of } : {}), ...(value === undefined ? {} : { value }) },
  );
  const sameRules =
    next === undefined ||
    (next.length === before.length &&
      next.every(({ of, value }, index) => of === before[index] && value === undefined));
  if (changed.length === 0 && sameRules) return undefined;
  return { sections: Object.fromEntries(changed), ...(sameRules ? {} : { rules: next }) };
};

const sameSection = (name: string, before: unknown, after: unknown): boolean =>
  sameWritten(before, after) || sameMeaning(name, before, after);

const sameMeaning = (name: string, before: unknown, after: unknown): boolean => {
  const [was, is] = [before, after].map((value) =>
    parsePolicyText(value === undefined ? {} : { [name]: value }),
  );
  return was?.kind === 'ok' && is?.kind === 'ok' && sameWritten(plain(name, was.text), plain(name, is.text));
};

/** The two defaults that the schema leaves to be filled in later. */
const plain = (name: string, text: unknown): unknown => {
  const isCut = name === 'cutoff' || name === 'rules' || name === 'otherwise';
  function withoutDefault(this: Raw, key: string, value: unknown): unknown {
    if (!isCut) return value;
    if (key === 'ending' && value === 'exact') return undefined;
    return key === 'atMost' && value === defaultShare(this.percent === undefined ? 'characters' : 'percent')
      ? undefined
      : value;
  }
  return JSON.parse(JSON.stringify(text, withoutDefault));
};
