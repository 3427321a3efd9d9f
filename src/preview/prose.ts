/** Whether a text is somebody's sentences, and not code, names, addresses or a label on a button. */
import { isPlain, readings } from './disguises.ts';

export interface ProseMeasure {
  /** Counted so that a character of Chinese or Japanese weighs three letters, one of Thai, Lao, Khmer or Burmese two. */
  readonly letters: number;
  readonly words: number;
}

/** What is long enough to be part of an article where nothing but an article is expected. */
export const A_SENTENCE: ProseMeasure = { letters: 32, words: 6 };
/** What is long enough where a page keeps all sorts of things. */
export const A_PARAGRAPH: ProseMeasure = { letters: 200, words: 30 };

/** The prose that a text holds in one of its readings (escapes, references, tags, percents, base64 undone), or undefined. */
export const proseIn = (text: string, atLeast: ProseMeasure): string | undefined => {
  if (text.length < atLeast.letters / HEAVIEST) return undefined;
  if (isPlain(text)) return isProse(text, atLeast) ? text : undefined;
  for (const reading of readings(text)) {
    const bare = withoutTags(reading);
    if (isProse(bare, atLeast)) return bare;
  }
  return undefined;
};

export const isProse = (text: string, { letters: wanted, words }: ProseMeasure): boolean => {
  const { letters, spaces, marks, others } = counted(text);
  if (letters < wanted || letters + spaces + marks < (letters + spaces + marks + others) * ORDINARY)
    return false;
  if (marks > letters * MOST_MARKS) return false;
  return wordsIn(text, letters) >= words;
};

export const withoutTags = (text: string): string =>
  text.includes('<') ? text.replace(/<[a-z/!?][^<>]*>/gi, ' ') : text;

/** About as many characters as a reader would see of it. */
export const lengthOfText = (source: string): number =>
  withoutTags(source).replace(/\s+/g, ' ').trim().length;

/** Of all characters, so many are letters, spaces and the marks of sentences. */
const ORDINARY = 0.93;
const MOST_MARKS = 0.25;
const HEAVIEST = 3;

const counted = (text: string) => {
  const tally = { letters: 0, spaces: 0, marks: 0, others: 0 };
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) tally.letters += 1;
    else if (code === 32 || (code >= 9 && code <= 13) || code === 160) tally.spaces += 1;
    else if (code < 128) {
      if (SENTENCE_MARKS.has(code)) tally.marks += 1;
      else tally.others += 1;
    } else tally[kindOf(code)] += weightOf(code);
  }
  return tally;
};

/** Digits are marks here: a sentence has some, and data has many. */
const SENTENCE_MARKS = new Set([...'.,;:!?\'"-()0123456789%&'].map((mark) => mark.charCodeAt(0)));

/** Beyond ASCII nearly everything that stands in sentences is letters, or marks between U+2010 and U+206F. */
const kindOf = (code: number): 'letters' | 'marks' =>
  (code >= 0x2000 && code <= 0x2bff) ||
  (code >= 0x3000 && code <= 0x303f) ||
  (code >= 0xff00 && code <= 0xff0f) ||
  code < 0xc0
    ? 'marks'
    : 'letters';

const weightOf = (code: number): number => {
  if (isIdeograph(code)) return 3;
  return (code >= 0x0e00 && code <= 0x0eff) ||
    (code >= 0x1000 && code <= 0x109f) ||
    (code >= 0x1780 && code <= 0x17ff)
    ? 2
    : 1;
};

const isIdeograph = (code: number): boolean =>
  (code >= 0x3040 && code <= 0x30ff) ||
  (code >= 0x3400 && code <= 0x9fff) ||
  (code >= 0xf900 && code <= 0xfaff);

/** Scripts without spaces between words have one for about six letters' weight. */
const wordsIn = (text: string, letters: number): number => {
  const spaced = text.trim().split(/\s+/).length;
  return /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/.test(text)
    ? Math.max(spaced, Math.floor(letters / 6))
    : spaced;
};
