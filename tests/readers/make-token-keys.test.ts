import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomText } from '../../src/ops/random.ts';
import { newPemKey, newSecretKey, sandboxTokenKeys } from '../../src/readers/make-token-keys.ts';
import { readTokenKeys } from '../../src/readers/token-key.ts';
import { temporaryFolder } from './support.ts';

describe('a sandbox’s token key', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  test('is made once and kept, so that a restart signs nobody out', () => {
    const dataDir = join(folder.path, 'new', 'data');
    const made = sandboxTokenKeys(dataDir, randomText);
    expect(sandboxTokenKeys(dataDir, randomText)).toEqual(made);
    expect(readTokenKeys(made)).toMatchObject([{ algorithm: 'HS256' }]);
    expect(readdirSync(dataDir)).toEqual(['token-keys']);
    expect(statSync(join(dataDir, 'token-keys')).mode & 0o777).toBe(0o600);
  });

  test('that can’t be read is said to be so, with what to do', () => {
    writeFileSync(join(folder.path, 'token-keys'), 'nonsense');
    expect(() => sandboxTokenKeys(folder.path, randomText)).toThrow(/delete it and start again/);
    expect(readFileSync(join(folder.path, 'token-keys'), 'utf8')).toBe('nonsense');
  });
});

describe('a new key', () => {
  test('is printed as TOKEN_KEYS takes it', () => {
    expect(newSecretKey(randomText)).toMatch(/^k[A-Za-z0-9]{6}:[\w-]{43}$/);
    expect(newSecretKey(randomText)).not.toBe(newSecretKey(randomText));
  });

  test.each(['ES256', 'RS256'] as const)('of %s is strong enough for us', (algorithm) => {
    expect(readTokenKeys([{ ...newPemKey(algorithm, randomText), kind: 'pem' }])).toMatchObject([
      { algorithm },
    ]);
  });
});
