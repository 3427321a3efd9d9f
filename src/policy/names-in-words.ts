/** A list of names to choose from, as a fault shows it: thousands of them would be copied into thousands of faults. */

const mostShown = 40;

/** @param between what stands between two of them */
export const namesInWords = (names: readonly string[], between = ', '): string =>
  names.length <= mostShown
    ? names.join(between)
    : `${names.slice(0, mostShown).join(between)} and ${names.length - mostShown} more`;
