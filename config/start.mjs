/** `npm start`: sets up what is missing, then serves in this very process, so that a signal to it stops the server. */
import { fileURLToPath } from 'node:url';
import { setUp } from './set-up.mjs';

/** npm runs this in a shell that dies of a signal to npm without passing it on: the server would stay behind, unseen. */
const stopWithShell = (shell) => {
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 200);
  watch.unref();
};

if (process.env.npm_lifecycle_event === 'start') stopWithShell(process.ppid);
setUp({ build: true });
const cli = new URL('../dist/cli.js', import.meta.url);
process.argv = [process.execPath, fileURLToPath(cli), 'serve', ...process.argv.slice(2)];
await import(cli.href);
