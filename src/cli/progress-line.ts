/** How far something is: one line that is written over on a terminal, a line now and then anywhere else. */

export interface ProgressLine<Standing> {
  readonly show: (standing: Standing) => void;
  /** Leaves the terminal's line empty for what comes next. */
  end(): void;
}

export interface ProgressWords<Standing> {
  readonly words: (standing: Standing) => string;
  /** From 0 to 1; undefined: nobody knows. */
  readonly share: (standing: Standing) => number | undefined;
}

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const redrawMs = 100;
const lineMs = 10_000;

export const createProgressLine = <Standing>(
  output: Output,
  realNow: () => number,
  { words, share: shareOf }: ProgressWords<Standing>,
): ProgressLine<Standing> => {
  const { isTTY: onTerminal = false } = output;
  // A short run needs no line in a log; a terminal shows at once that something goes on.
  let shownAt = onTerminal ? Number.NEGATIVE_INFINITY : realNow();
  return {
    show: (standing) => {
      const now = realNow();
      if (now - shownAt < (onTerminal ? redrawMs : lineMs)) return;
      shownAt = now;
      if (onTerminal)
        output.write(`\r${fitting(withBar(shareOf(standing), words(standing)), output.columns)}\u001b[K`);
      else output.write(`${words(standing)}\n`);
    },
    end: () => {
      if (onTerminal) output.write('\r\u001b[K');
    },
  };
};

const fitting = (line: string, columns = 80): string => line.slice(0, Math.max(1, columns - 1));

const barWidth = 24;

const withBar = (share: number | undefined, words: string): string => {
  if (share === undefined) return words;
  const full = Math.round(share * barWidth);
  return `[${'#'.repeat(full)}${'-'.repeat(barWidth - full)}] ${words}`;
};
