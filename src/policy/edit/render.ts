/** Plain values as YAML text that reads back as the same values. */
import { isRaw } from './written-policy.ts';

/** On one line, right both in block and in flow style. */
export const inline = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (isRaw(value)) {
    const pairs = Object.entries(value).map(([key, member]) => `${scalar(key)}: ${inline(member)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  return scalar(value);
};

/** A new text in the quotes of the one it replaces. */
export const scalarLike = (written: string, value: unknown): string => {
  if (typeof value !== 'string' || !/^["']/.test(written)) return scalar(value);
  return written.startsWith("'") && printable.test(value)
    ? `'${value.replaceAll("'", "''")}'`
    : JSON.stringify(value);
};

/**
 * Lines of a group or list in block style, without the indentation of the first; what is inside an entry is inline.
 * @param indent columns at which each further line begins
 * @param depth how many levels are written as lines of their own
 */
export const block = (value: unknown, indent: number, eol: string, depth: number): string => {
  const between = `${eol}${' '.repeat(indent)}`;
  if (Array.isArray(value) && value.length > 0)
    return value.map((entry) => `- ${inBlock(entry, indent + 2, eol, depth - 1)}`).join(between);
  if (!isRaw(value) || Object.keys(value).length === 0) return inline(value);
  return Object.entries(value)
    .map(([key, member]) => {
      const lines = depth > 1 && isGroup(member) && block(member, indent + 2, eol, depth - 1);
      return lines
        ? `${scalar(key)}:${eol}${' '.repeat(indent + 2)}${lines}`
        : `${scalar(key)}: ${inline(member)}`;
    })
    .join(between);
};

const inBlock = (value: unknown, indent: number, eol: string, depth: number): string =>
  depth > 0 && isGroup(value) ? block(value, indent, eol, depth) : inline(value);

/** Whether it has entries that could stand on lines of their own. */
export const isGroup = (value: unknown): boolean =>
  (Array.isArray(value) && value.some(isRaw)) || (isRaw(value) && Object.keys(value).length > 0);

const printable = /^[\x20-\x7E\xA0-\u02FF\u2010-\u2027]*$/;

export const scalar = (value: unknown): string => {
  if (typeof value === 'string') return isPlainText(value) ? value : JSON.stringify(value);
  if (typeof value === 'number' && !Number.isFinite(value))
    return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  return value === undefined ? 'null' : String(value);
};

/** Words that YAML can take for nothing but text, old versions of it included. */
const isPlainText = (text: string): boolean =>
  /^[\p{L}/.(](?:[\p{L}\p{M}\p{N} _\-./()’…*+@$^=]|:(?=[\p{L}/]))*$/u.test(text) &&
  !/\s$|^\.(?:inf|nan|$|\d)|^\.{3}/i.test(text) &&
  !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
