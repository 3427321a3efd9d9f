/** Cuts a plain text. */
import type { Cutoff } from '../policy/policy.ts';
import { cuttableText } from './cuttable.ts';
import { withheldRuns } from './withheld-runs.ts';

interface TextCut {
  /** The beginning of the text as it was, line breaks and all. */
  readonly preview: string;
  /** Whitespace collapsed. */
  readonly previewText: string;
  readonly fullText: string;
  readonly complete: boolean;
}

/** Blank lines part paragraphs. A marker is looked for as it stands. */
export const cutText = (text: string, cutoff: Cutoff): TextCut => {
  const cuttable = cuttableText(text);
  const length = cuttable.cutLength(cutoff);
  return {
    preview: cuttable.cutAt(length, withheldRuns('', '')),
    previewText: shown(cuttable.text.slice(0, length)),
    fullText: shown(cuttable.text),
    complete: length >= cuttable.text.length,
  };
};

const shown = (text: string): string => text.replaceAll('\n', ' ');
