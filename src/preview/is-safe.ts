/** Looks at a finished preview the way a browser and a thief would, before anybody gets it. */
import { pageHeadOf } from '../article/page-head.ts';
import { parsePage } from '../article/parse-page.ts';
import { outwards } from '../article/parsed-page.ts';
import { bodyTextOf } from './body-text.ts';
import { carrierEdits } from './clean-carriers.ts';
import type { Body } from './find-body.ts';
import { dataScriptsOf, structuredDataEdits } from './mark-structured-data.ts';
import type { WithheldRuns } from './withheld-runs.ts';

interface Finished {
  readonly draft: {
    /** The page up to just inside the body. */
    readonly before: string;
    /** What is shown of the body, closed. */
    readonly shown: string;
    readonly tail: string;
  };
  /** What of the body's text is to be shown. */
  readonly text: string;
  /** Names of the elements that are to be around the prompt; undefined when nothing was cut. */
  readonly around: readonly string[] | undefined;
  readonly body: Body;
  readonly runs: WithheldRuns;
}

/**
 * Parses it again. The prompt's place must be where it was meant to be, the text shown must be the preview's and no
 * other, and a second search for withheld text must find nothing left to take out.
 */
export const isSafe = ({ draft, text, around, body, runs }: Finished): boolean => {
  const { before, shown, tail } = draft;
  const page = parsePage(`${before}${shown}<${MARK}></${MARK}>${tail}`);
  if (!page.whole) return false;
  const mark = page.tokens.find((token) => token.kind === 'start' && token.name === MARK);
  const elements = [...outwards(mark?.place)].map(({ element }) => element).reverse();
  const preview = { start: before.length, end: before.length + shown.length };
  const seen = new Set(elements);
  if (around) {
    if (elements.map(({ name }) => name).join('>') !== around.join('>')) return false;
    const tokens = page.tokens.filter(({ start, end }) => start >= preview.start && end <= preview.end);
    if (withoutSpace(bodyTextOf(tokens, seen).text) !== withoutSpace(text)) return false;
  }
  const head = pageHeadOf(page);
  const left = [
    ...carrierEdits({ page, runs, around: seen, preview }),
    ...structuredDataEdits({
      page,
      head,
      body,
      scripts: dataScriptsOf(page),
      form: 'preview',
      marks: false,
      runs,
    }),
  ];
  return left.length === 0;
};

const MARK = 'gatefold-mark';

/** Where an element is closed by us, a space may come or go. */
const withoutSpace = (text: string): string => text.replace(/\s+/g, '');
