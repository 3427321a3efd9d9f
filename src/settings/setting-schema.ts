/** What each setting may say; a message tells what to write and never repeats what was written. */
import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { isEmail, isProxyRange, isRedis, isSender, isSmtp, originOnly } from './addresses.ts';

export const text = z.string();

const checked = (holds: (text: string) => boolean, instead: string) => z.string().refine(holds, instead);
const listOf = (holds: (text: string) => boolean, instead: string) =>
  z
    .string()
    .transform((text) =>
      [...new Set(text.split(',').map((entry) => entry.trim()))].filter((entry) => entry !== ''),
    )
    .refine((entries) => entries.every(holds), instead);

export const port = (least: number) =>
  checked(
    (text) => /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= 65_535,
    `write a number from ${least} to 65535.`,
  ).transform(Number);

export const host = checked(
  (text) => isIP(text) > 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text),
  'write an address or a host name, without scheme and port, such as 127.0.0.1.',
);

export const site = (example: string) =>
  checked(
    (text) => originOnly(text) !== undefined,
    `write scheme and host (and port), without path, user or query, such as ${example}.`,
  ).transform((text) => originOnly(text) ?? '');

export const smtpUrl = checked(
  isSmtp,
  'write smtp://user:password@host:587 or smtps://user:password@host:465.',
);
export const redisUrl = checked(
  isRedis,
  'write redis://host:6379, rediss:// for TLS, redis://host1:6379,host2:6379 for a Cluster, or redis+sentinel://host:26379,host2:26379/master-name/0.',
);
export const sender = checked(
  isSender,
  'write an e-mail address, or a name and the address in <angle brackets>.',
);
export const operators = listOf(isEmail, 'write e-mail addresses, by commas.').transform((entries) => [
  ...new Set(entries.map((entry) => entry.toLowerCase())),
]);
export const trustProxy = listOf(
  isProxyRange,
  'write the addresses or CIDR ranges of your proxies, by commas, such as 10.0.0.0/8; true or * would let anybody claim any address.',
);
export const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
  error: 'write fatal, error, warn, info, debug or silent.',
});

export const flag = z
  .enum(['true', 'false'], { error: 'write true or false.' })
  .transform((word) => word === 'true');

export const folder = checked(
  (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
  'write the path of a folder that is there.',
);

export const stripeKey = checked(
  (text) => /^(sk|rk)_(test|live)_\w{3,}$/.test(text),
  'write a secret or restricted key, sk_… or rk_…; a publishable key, pk_…, can’t be used here.',
);
export const purgeSecrets = listOf(
  (text) => text.length >= 24 && text.length <= 200 && !/\s/.test(text),
  'write secrets of 24 characters or more, by commas; `openssl rand -base64 32` makes one.',
);
export const webhookSecrets = listOf(
  (text) => /^whsec_[\w+/=-]{16,}$/.test(text),
  'write signing secrets as Stripe shows them, whsec_…, by commas.',
);
