/** Keys for other purposes, derived from the token keys, so that one setting is all an operator keeps. */
import { hkdfSync } from 'node:crypto';
import type { TokenKeySetting } from '../settings.ts';
import { readTokenKeys } from './token-key.ts';

/**
 * One 32-byte key for each token key that is secret, in their order: the first signs, all verify. Public keys are passed
 * over, since what anybody can read anybody could sign with.
 *
 * @param purpose separates keys: what one signs, another never verifies.
 */
export function derivedKeys(
  settings: readonly TokenKeySetting[],
  purpose: string,
): readonly [Buffer, ...Buffer[]] {
  const [first, ...others] = readTokenKeys(settings).flatMap(({ signWith }) => {
    if (!signWith) return [];
    const material =
      signWith.type === 'secret' ? signWith.export() : signWith.export({ type: 'pkcs8', format: 'der' });
    return [Buffer.from(hkdfSync('sha256', material, '', `gatefold ${purpose}`, 32))];
  });
  if (!first) throw new Error('TOKEN_KEYS holds public keys only: put a secret or a private key first.');
  return [first, ...others];
}
