/** `gatefold token`: keys that sign reader tokens, and tokens for apps and tests. */
import { existsSync, writeFileSync } from 'node:fs';
import { randomText } from '../ops/random.ts';
import { newPemKey, newSecretKey, sandboxTokenKeys } from '../readers/make-token-keys.ts';
import type { DeviceId, ReaderId } from '../readers/reader.ts';
import { createReaderTokens } from '../readers/reader-token.ts';
import { asEmail } from './grant.ts';
import { fail } from './read-settings.ts';
import { withStores } from './with-stores.ts';

export const keygen = ({ algorithm, out }: { algorithm: string; out?: string }): void => {
  if (algorithm === 'HS256') {
    console.log(newSecretKey(randomText));
    return;
  }
  if (algorithm !== 'ES256' && algorithm !== 'RS256') {
    fail(new Error(`“${algorithm}” is no algorithm of ours: HS256, ES256 or RS256.`));
    return;
  }
  if (out === undefined || existsSync(out)) {
    fail(
      new Error(out ? `${out} exists; name a new file.` : 'Name the file for the key: --out keys/reader.pem'),
    );
    return;
  }
  const { kid, pem } = newPemKey(algorithm, randomText);
  writeFileSync(out, pem, { mode: 0o600, flag: 'wx' });
  console.log(`${kid}:${out}`);
};

export const issueToken = (address: string, { hours }: { hours: string }): Promise<void> =>
  withStores(async ({ settings, stores, now }) => {
    const email = asEmail(address);
    const ttlSeconds = Number(hours) * 3600;
    if (!(ttlSeconds > 0 && ttlSeconds <= 366 * 86_400))
      throw new Error('--hours: write a number from 0 to 8784.');
    const keys =
      settings.tokenKeys.length > 0 ? settings.tokenKeys : sandboxTokenKeys(settings.dataDir, randomText);
    const { publicUrl } = settings;
    const tokens = createReaderTokens({ keys, issuer: publicUrl, audience: publicUrl });
    const reader = await stores.readers.findOrCreate({
      id: randomText(12) as ReaderId,
      email,
      createdAt: now,
    });
    const device = randomText(16) as DeviceId;
    await stores.readers.putDevice({
      id: device,
      reader: reader.id,
      createdAt: now,
      lastSeenAt: now,
      label: 'token issue',
    });
    const entitlements = await stores.entitlements.of(reader.id);
    console.log(tokens.sign({ reader: reader.id, device, entitlements, ttlSeconds }, now));
  });
