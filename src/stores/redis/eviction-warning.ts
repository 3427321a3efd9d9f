/** Whether Redis is set to throw away what Gatefold keeps in it, as its INFO tells. */

/** @returns what to change, or undefined when nothing is thrown away. */
export function evictionWarning(memoryInfo: string): string | undefined {
  const policy = /^maxmemory_policy:(\S+)/m.exec(memoryInfo)?.[1];
  if (policy === undefined || policy === 'noeviction') return undefined;
  const lost = policy.startsWith('allkeys') ? 'accounts, entitlements and free reads' : 'free reads';
  return `Redis has maxmemory-policy ${policy}: when its memory is full it forgets ${lost}. Set it to noeviction.`;
}
