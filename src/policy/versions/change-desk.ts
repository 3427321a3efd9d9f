/** Makes what a rule says of the desk come true, however many want to change it at once. */
import type { Desk, Ruling } from './desk.ts';
import type { VersionStore } from './version-store.ts';

/** Each failed try is somebody else's success, so that only hundreds at once could come here. */
const mostTries = 500;

/**
 * The rule is asked again for as long as somebody else is faster, each time with the desk as they left it.
 *
 * @throws Error when the store can't be asked.
 */
export const changeDesk = async <Answer>(
  store: VersionStore,
  rule: (desk: Desk) => Ruling<Answer>,
): Promise<Answer> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { answer, step } = rule(await store.desk());
    if (step === undefined || (await store.change(step))) return answer;
  }
  throw new Error('The policy is being changed by too many at once: try again.');
};

export type ChangeDesk = <Answer>(rule: (desk: Desk) => Ruling<Answer>) => Promise<Answer>;

/** One after another within this process, so that only other processes can be faster and a crowd costs no more than its number. */
export const changeInOrder = (store: VersionStore): ChangeDesk => {
  let last: Promise<unknown> = Promise.resolve();
  return (rule) => {
    const answer = last.then(() => changeDesk(store, rule));
    last = answer.catch(() => undefined);
    return answer;
  };
};
