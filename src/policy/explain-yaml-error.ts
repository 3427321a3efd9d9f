/** What a YAML error means to somebody who writes YAML twice a year, and what to write instead. */
import type { FaultCode } from './policy-fault.ts';

interface Explanation {
  readonly code: FaultCode;
  readonly message: string;
  readonly instead: string;
}

export const explainYamlError = (code: string, message: string): Explanation => {
  const known = explanations[code];
  return (
    known ?? { code: 'yaml-syntax', message: lowerFirst(message.split('\n')[0] ?? message), instead: general }
  );
};

const general = 'key: value lines, lists as lines that begin with "- ", each level two spaces further in';

const syntax = (message: string, instead: string): Explanation => ({ code: 'yaml-syntax', message, instead });

const explanations: Readonly<Record<string, Explanation | undefined>> = {
  DUPLICATE_KEY: {
    code: 'duplicate-key',
    message: 'this key stands twice in the same place, and only one could count',
    instead: 'one of the two lines, with everything that belongs to it',
  },
  TAG_RESOLVE_FAILED: {
    code: 'unknown-tag',
    message: 'a word that begins with ! is a YAML tag, and a policy has none',
    instead: 'the value without it, or in quotes',
  },
  MULTIPLE_DOCS: syntax(
    'a second document begins here, and a policy is one',
    'everything in one document, without a --- line in between',
  ),
  TAB_AS_INDENT: syntax('a line is indented by a tab', 'spaces, two for each level'),
  BAD_SCALAR_START: syntax('a value can’t begin with this character', 'the value in quotes, such as "@name"'),
  BAD_ALIAS: syntax(
    'a value that begins with * or & means something else in YAML',
    'the value in quotes, such as "*"',
  ),
  BLOCK_AS_IMPLICIT_KEY: syntax(
    'there are two keys on one line, or a line is indented too far',
    'one key: value on each line, or the value in quotes if it holds a colon',
  ),
  MULTILINE_IMPLICIT_KEY: syntax(
    'this line runs on into the next as if both were one key',
    'key: value, with the keys of one level equally far in',
  ),
  MISSING_CHAR: syntax(
    'something is missing here: a colon after a key, or a closing quotation mark',
    'key: value, and a quotation mark at both ends of a quoted text',
  ),
  BAD_DQ_ESCAPE: syntax(
    'a backslash in "double quotes" begins an escape that doesn’t exist',
    "the text in 'single quotes'",
  ),
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
