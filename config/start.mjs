/** `npm start`: sets up what is missing, then serves in this very process, so that a signal to it stops the server. */
import { fileURLToPath } from 'node:url';
import { setUp } from './set-up.mjs';

setUp({ build: true });
const cli = new URL('../dist/cli.js', import.meta.url);
process.argv = [process.execPath, fileURLToPath(cli), 'serve', ...process.argv.slice(2)];
await import(cli.href);
