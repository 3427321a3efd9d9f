/** Finds a Node of the version that an image has: this very one, or one from the packages that carry Node's binary. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * @param image such as `node:24-bookworm-slim`
 * @param into an empty folder
 * @returns the folder of the binary, for the front of a PATH
 */
export const nodeOfImage = (image: string, into: string): string => {
  const [, major] = /node:(\d+)/.exec(image) ?? [];
  if (!major) throw new Error(`${image} doesn't say which Node it has`);
  if (process.versions.node.startsWith(`${major}.`)) return join(process.execPath, '..');
  const name = `node-${process.platform}-${process.arch}`;
  const args = ['install', '--prefix', into, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  const { status, stderr } = spawnSync('npm', [...args, '--prefer-offline', `${name}@${major}`], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Node ${major} can't be installed for this test:\n${stderr}`);
  return join(into, 'node_modules', name, 'bin');
};
