/** Visitors by the ten thousand, signed as Gatefold signs them, from as many networks as a busy site sees. */
import { randomBytes } from 'node:crypto';

const networks = 5_000;

/**
 * @param {import('./world.mjs').World} world
 * @returns {Promise<(count: number) => string[]>} gives cookie values that were never given before
 */
export const visitorMint = async ({ key }) => {
  // Known only once the build is there.
  const { createVisitors } = await import('../dist/readers/visitor.js');
  const { createNetworkTags } = await import('../dist/readers/network-tag.js');
  const { mintVisitor } = createVisitors({
    keys: [key],
    random: (bytes) => randomBytes(bytes).toString('base64url'),
  });
  const networkTagOf = createNetworkTags({ keys: [key] });
  const now = Date.now();
  const tags = Array.from({ length: networks }, (_, index) =>
    networkTagOf(`10.${index >> 8}.${index & 255}.1`, now),
  );
  let minted = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      minted += 1;
      return mintVisitor(tags[minted % networks]).cookie;
    });
};
