/** That what the documents name is there: links, anchors, files; and that they lead nowhere unexpected. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { anchorsIn, documents, read, root, withoutCode } from './documents.ts';

const linksIn = (file: string): readonly string[] =>
  [...withoutCode(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

const isRelative = (link: string): boolean => !/^[a-z]+:/i.test(link);

const brokenLink = (file: string, link: string): boolean => {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(join(root, target))) return true;
  return anchor !== undefined && !anchorsIn(target).includes(anchor);
};

/** Files of the project in backticks, as `src/gate/decide.ts`; a pattern or a placeholder is none. */
const filesNamedIn = (file: string): readonly string[] =>
  [...read(file).matchAll(/`((?:src|tests|config|docs|bench)\/[^`*…{}<>\s]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !madeByReaders.includes(path));

/** Made by whoever follows the documents. */
const madeByReaders = ['config/gatefold.env'];

const hosts = /https?:\/\/([^/\s:;)"'`>|]+)/g;
const expectedHosts =
  /^((\w+\.)*example\.com|localhost|127\.0\.0\.1|HOST|gatefold|site|api\.stripe\.com|www\.rfc-editor\.org|keepachangelog\.com|semver\.org)$/;

describe.each(documents)('%s', (file) => {
  test('has no link that leads nowhere', () => {
    expect(linksIn(file).filter((link) => isRelative(link) && brokenLink(file, link))).toEqual([]);
  });

  test('names no file that isn’t there', () => {
    expect(filesNamedIn(file).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('names no path of anybody’s machine, and no host but examples and standards', () => {
    expect(read(file).match(/(?<![\w.*])\/(work|tmp|home|root|Users|var|opt)\//g)).toBeNull();
    const strangers = [...read(file).matchAll(hosts)].flatMap(([, host = '']) =>
      expectedHosts.test(host) ? [] : [host],
    );
    expect(strangers).toEqual([]);
  });

  test('has one title, at its top', () => {
    expect(withoutCode(read(file)).match(/^# .+$/gm)).toHaveLength(1);
    expect(read(file).startsWith('# ')).toBe(true);
  });
});
