/** Which entitlements are of one cause: those whose ids begin with its name. */
import type { Entitlement } from '../entitlements/entitlement.ts';

export const causePrefix = (cause: string): string => `${cause}/`;

/** @throws Error for an entitlement that its cause could never take away again. */
export function requireCause(cause: string, entitlements: readonly Entitlement[]): void {
  const stray = entitlements.find(({ id }) => !id.startsWith(causePrefix(cause)));
  if (stray) throw new Error(`Entitlement ${stray.id} is not of ${cause}: its id must begin with ${cause}/.`);
}
