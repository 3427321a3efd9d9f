/** Collects everything asked during one turn of the event loop, so that a store answers it all in one step. */

interface Options<Ask, Answer> {
  /** Only asks of the same group may be answered together. */
  readonly groupOf: (ask: Ask) => string;
  /** More than this many of one group are answered in several steps, so that none holds up the store for long. */
  readonly maxTogether: number;
  /** One answer for each ask, in order; an Error among them rejects that ask alone. */
  readonly answerAll: (asks: readonly Ask[]) => Promise<readonly (Answer | Error)[]>;
}

export interface Gathering<Ask, Answer> {
  ask(ask: Ask): Promise<Answer>;
  /** Hands over what is waiting, without waiting for the turn's end. */
  flush(): void;
}

interface Waiting<Ask, Answer> {
  readonly ask: Ask;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export function gather<Ask, Answer>(options: Options<Ask, Answer>): Gathering<Ask, Answer> {
  let waiting: Waiting<Ask, Answer>[] = [];

  const flush = (): void => {
    const asked = waiting;
    waiting = [];
    for (const together of inSteps(asked, options)) void answerStep(together, options);
  };

  return {
    ask: (ask) =>
      new Promise((resolve, reject) => {
        // setImmediate runs right after the turn's sockets were read: late enough to have seen every request of the
        // turn, early enough that none waits for another turn.
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ ask, resolve, reject });
      }),
    flush,
  };
}

function inSteps<Ask, Answer>(
  asked: readonly Waiting<Ask, Answer>[],
  { groupOf, maxTogether }: Options<Ask, Answer>,
): Waiting<Ask, Answer>[][] {
  const steps: Waiting<Ask, Answer>[][] = [];
  const open = new Map<string, Waiting<Ask, Answer>[]>();
  for (const one of asked) {
    const group = groupOf(one.ask);
    let step = open.get(group);
    if (step === undefined || step.length >= maxTogether) {
      step = [];
      steps.push(step);
      open.set(group, step);
    }
    step.push(one);
  }
  return steps;
}

async function answerStep<Ask, Answer>(
  together: readonly Waiting<Ask, Answer>[],
  { answerAll }: Options<Ask, Answer>,
): Promise<void> {
  try {
    const answers = await answerAll(together.map((one) => one.ask));
    together.forEach((one, index) => {
      const answer = answers[index] ?? new Error('The store left a question without an answer.');
      if (answer instanceof Error) one.reject(answer);
      else one.resolve(answer);
    });
  } catch (error) {
    for (const one of together) one.reject(error);
  }
}
