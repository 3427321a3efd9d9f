/** A query as PHP may read it: WordPress obeys what stands there so, however it is spelled. */

/**
 * Every value of a name. PHP takes the last, but of so many parameters only the first thousand: which one counts, nobody
 * in front of it can know. A space or a dot in a name, or a bracket that nothing closes, stands for `_`.
 */
export const phpParameters = (target: string, name: string): readonly string[] => {
  const mark = target.indexOf('?');
  if (mark < 0) return [];
  const values: string[] = [];
  for (const [written, value] of new URLSearchParams(target.slice(mark + 1)))
    if (phpName(written) === name) values.push(value);
  return values;
};

const phpName = (written: string): string => {
  const bare = written.replace(/^ +/, '').replace(/\0.*$/s, '');
  const bracket = bare.indexOf('[');
  // With its other half it is a list, and no single value has its name.
  const isList = bracket > 0 && bare.includes(']', bracket);
  return isList ? bare : bare.replace(/[ .[]/g, '_');
};
