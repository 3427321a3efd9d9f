/** What an origin's answer to a probe says of whoever asked. */

export type StaffVerdict =
  | 'staff'
  /** Somebody whom the origin doesn't know for its own: a reader like any other. */
  | 'stranger'
  /** The origin couldn't be asked, or didn't say. */
  | 'unknown';

export type ProbeAnswer = 'success' | 'refusal' | 'trouble';

/** A redirect is a refusal: it leads to where people sign in. 0: no answer came. */
export const probeAnswerOf = (status: number): ProbeAnswer => {
  if (status >= 200 && status < 300) return 'success';
  const isTrouble = status < 200 || status >= 500 || [408, 421, 425, 429].includes(status);
  return isTrouble ? 'trouble' : 'refusal';
};

/** What a stranger gets proves nothing of anybody. */
export const verdictOf = (
  answer: ProbeAnswer,
  toStrangers: () => Promise<ProbeAnswer>,
): Promise<StaffVerdict> => {
  switch (answer) {
    case 'refusal':
      return Promise.resolve('stranger');
    case 'trouble':
      return Promise.resolve('unknown');
    case 'success':
      return toStrangers().then((other) => verdictBeside[other]);
    default:
      return answer satisfies never;
  }
};

const verdictBeside: Readonly<Record<ProbeAnswer, StaffVerdict>> = {
  refusal: 'staff',
  success: 'stranger',
  trouble: 'unknown',
};
