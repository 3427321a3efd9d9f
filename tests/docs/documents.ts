/** The project's documents as the tests read them: text, sections, tables, code blocks, anchors. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Paths from the project's folder. */
export const documents: readonly string[] = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll('\\', '/')}`),
];

/** From a heading to the next of the same rank or a higher one. */
export const section = (file: string, heading: string): string => {
  const lines = withoutCode(read(file)).split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'));
  if (start < 0) throw new Error(`${file} has no section "${heading}".`);
  const rank = /^#+/.exec(lines[start] ?? '')?.[0].length ?? 1;
  const end = lines.findIndex((line, at) => at > start && (/^#+(?= )/.exec(line)?.[0].length ?? 9) <= rank);
  return lines.slice(start, end < 0 ? undefined : end).join('\n');
};

/** Cells of every table row, heads and rules left out. */
export const tableRows = (text: string): readonly (readonly string[])[] =>
  text.split('\n').flatMap((line, at, lines) => {
    const isRow = line.startsWith('|') && !/^\|[-| ]+\|$/.test(line);
    const isHead = /^\|[-| ]+\|$/.test(lines[at + 1] ?? '');
    return isRow && !isHead
      ? [
          line
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ]
      : [];
  });

/** What stands in backticks in the first cells of the tables: the codes that a section explains. */
export const explained = (text: string): readonly string[] =>
  tableRows(text).flatMap(([first = '']) => [...first.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code));

/** Code blocks of exactly this language, in order. */
export const codeBlocks = (file: string, language: string): readonly string[] =>
  [...read(file).matchAll(/^( *)```([^\n]*)\n([\s\S]*?)^ *```$/gm)].flatMap(
    ([, indent = '', info, code = '']) =>
      info === language ? [code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')] : [],
  );

/** Keeps every line's place. */
export const withoutCode = (text: string): string =>
  text.replace(/^ *```[\s\S]*?^ *```$/gm, (block) => '\n'.repeat(block.split('\n').length - 1));

/** As code hosts make them of headings. */
export const anchorsIn = (file: string): readonly string[] =>
  [...withoutCode(read(file)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
