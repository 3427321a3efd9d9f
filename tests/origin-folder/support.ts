/** Asks a content folder as the gate does, and makes folders to ask. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DefaultTreeAdapterTypes, type ParserError, parse } from 'parse5';
import {
  type ContentFolder,
  type ContentFolderOptions,
  createContentFolder,
} from '../../src/origin/folder/content-folder.ts';
import type { HeaderPairs } from '../../src/origin/origin.ts';

export const SAMPLE = fileURLToPath(new URL('../../config/sample', import.meta.url));
export const SITE_URL = 'https://reading.example';

export interface Reply {
  readonly status: number;
  readonly headers: HeaderPairs;
  readonly bytes: Buffer;
  readonly text: string;
  header(name: string): string | undefined;
}

export const ask = (
  folder: ContentFolder,
  target: string,
  { method = 'GET', headers = [] as HeaderPairs } = {},
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    let head: { status: number; headers: HeaderPairs } | undefined;
    const chunks: Uint8Array[] = [];
    folder.ask(
      { method, target, headers },
      {
        head: (received) => {
          head = received;
        },
        data: (chunk) => chunks.push(chunk) > 0,
        end: () => {
          const { status, headers: pairs } = head as NonNullable<typeof head>;
          const bytes = Buffer.concat(chunks);
          const header = (name: string) => pairs.find(([own]) => own.toLowerCase() === name)?.[1];
          resolve({ status, headers: pairs, bytes, text: bytes.toString('utf8'), header });
        },
        fail: (fault, detail) => reject(new Error(`${fault}: ${detail}`)),
      },
    );
  });

export interface Told {
  readonly messages: string[];
  readonly log: ContentFolderOptions['log'];
}

export const recordingLog = (): Told => {
  const messages: string[] = [];
  return { messages, log: { info: () => {}, warn: (_facts, message) => void messages.push(message) } };
};

export const open = (directory: string, more: Partial<ContentFolderOptions> = {}): ContentFolder =>
  createContentFolder({
    directory,
    siteUrl: SITE_URL,
    readingMinutes: (text, language) =>
      language.startsWith('zh') ? text.length / 400 : text.split(' ').length / 230,
    watch: false,
    log: recordingLog().log,
    clock: () => 0,
    ...more,
  });

/** Removed by `clearFolders`. */
export const folderWith = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'gatefold-folder-'));
  made.push(directory);
  for (const [file, text] of Object.entries(files)) await put(directory, file, text);
  return directory;
};

export const put = async (directory: string, file: string, text: string): Promise<void> => {
  await mkdir(dirname(join(directory, file)), { recursive: true });
  await writeFile(join(directory, file), text);
};

export const clearFolders = async (): Promise<void> => {
  await Promise.all(made.splice(0).map((directory) => rm(directory, { recursive: true, force: true })));
};

const made: string[] = [];

/** A whole article file; `front` goes before the fields that every article needs. */
export const article = (body = 'Some text.', front = ''): string =>
  `---\n${front}title: A title\npublication: review\npublished: 2026-05-31\n---\n\n${body}\n`;

export const parseErrors = (html: string): ParserError[] => {
  const errors: ParserError[] = [];
  parse(html, { onParseError: (error) => errors.push(error) });
  return errors;
};

type Element = DefaultTreeAdapterTypes.Element;

export const elementsOf = (html: string): Element[] => {
  const found: Element[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node) => {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) for (const child of node.childNodes) walk(child);
  };
  walk(parse(html));
  return found;
};

export const attributeOf = (element: Element | undefined, name: string): string | undefined =>
  element?.attrs.find((attribute) => attribute.name === name)?.value;

export const metaOf = (html: string, name: string): string | undefined =>
  attributeOf(
    elementsOf(html).find(
      (element) =>
        element.tagName === 'meta' &&
        (attributeOf(element, 'name') === name || attributeOf(element, 'property') === name),
    ),
    'content',
  );

export const canonicalOf = (html: string): string | undefined =>
  attributeOf(
    elementsOf(html).find(
      (element) => element.tagName === 'link' && attributeOf(element, 'rel') === 'canonical',
    ),
    'href',
  );

export const textOf = (node: DefaultTreeAdapterTypes.Node | undefined): string => {
  if (node === undefined) return '';
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
};

export const byClass = (html: string, name: string): Element | undefined =>
  elementsOf(html).find((element) => attributeOf(element, 'class')?.split(' ').includes(name));

export const structuredDataOf = (html: string): Record<string, unknown> => {
  const script = elementsOf(html).find(({ tagName }) => tagName === 'script');
  return JSON.parse(textOf(script)) as Record<string, unknown>;
};
