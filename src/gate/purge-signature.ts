/** Whether somebody who knows a secret asked for this, and lately: signatures of our own form, and Ghost's. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Signed {
  readonly body: Buffer;
  /** `Gatefold-Signature: t=1795435200,v1=<hex>`: HMAC-SHA-256 of `1795435200.` and the body. */
  readonly own: string | undefined;
  /** `X-Ghost-Signature: sha256=<hex>, t=1795435200000`: of the body and `1795435200000`. */
  readonly ghost: string | undefined;
}

export type SignatureFault = 'signature-missing' | 'signature-wrong' | 'signature-old';

/** Clocks differ, and a webhook may wait a little; what was overheard must not be played again tomorrow. */
const toleranceMs = 300_000;

export const signatureFault = (
  { body, own, ghost }: Signed,
  secrets: readonly string[],
  now: number,
): SignatureFault | undefined => {
  if (own !== undefined) {
    const [, seconds = '', v1 = ''] = /^t=(\d{1,12}),\s?v1=([\da-f]{64})$/i.exec(own) ?? [];
    return faultOf({ parts: [`${seconds}.`, body], hex: v1, at: Number(seconds) * 1000 }, secrets, now);
  }
  if (ghost === undefined) return 'signature-missing';
  const [, hex = '', ms = ''] = /^sha256=([\da-f]{64}),\s?t=(\d{1,15})$/i.exec(ghost) ?? [];
  return faultOf({ parts: [body, ms], hex, at: Number(ms) }, secrets, now);
};

interface Claim {
  readonly parts: readonly (string | Buffer)[];
  readonly hex: string;
  readonly at: number;
}

const faultOf = (
  { parts, hex, at }: Claim,
  secrets: readonly string[],
  now: number,
): SignatureFault | undefined => {
  const claimed = Buffer.from(hex, 'hex');
  const isRight = secrets.some((secret) => {
    const hmac = createHmac('sha256', secret);
    for (const part of parts) hmac.update(part);
    const expected = hmac.digest();
    return claimed.length === expected.length && timingSafeEqual(claimed, expected);
  });
  if (!isRight) return 'signature-wrong';
  return Math.abs(now - at) > toleranceMs ? 'signature-old' : undefined;
};
