/** Waits for an answer, and not for ever. */

/** `late`: there is none yet. It may still come, and whoever began it gets it; if it fails then, nobody is told. */
export const within = async <Answer>(answer: Promise<Answer>, ms: number): Promise<Answer | 'late'> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, ms, 'late');
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
};
