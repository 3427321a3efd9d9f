/** Whether a policy’s text could give way to another one that says the same, without an editor’s words being lost. */

/** True only if every comment of `draft` stands in `kept` as well, as often; false may mean "can't tell". */
export const keepsComments = (draft: string, kept: string): boolean => {
  const left = new Map<string, number>();
  for (const comment of commentsIn(kept)) left.set(comment, (left.get(comment) ?? 0) + 1);
  return commentsIn(draft).every((comment) => {
    const times = left.get(comment) ?? 0;
    left.set(comment, times - 1);
    return times > 0;
  });
};

/** Of each line what follows its first `#` that may begin a comment, even where it is in quotes. */
const commentsIn = (text: string): readonly string[] =>
  text.split(/\r?\n|\r/).flatMap((line) => /(?:^|\s)#.*/.exec(line)?.[0].trim() ?? []);
