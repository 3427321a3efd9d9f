/** Calls back soon after anything in the content folder changes. */
import { watch } from 'chokidar';

/** Long enough to gather a save made of several writes, short enough to be seen at once. */
const QUIET_MS = 120;

export interface FolderWatch {
  /** Resolves when no change can be missed any more, also where there is nothing that could be watched. */
  readonly begun: Promise<void>;
  close(): Promise<void>;
}

/** `onFault` gets what the watcher itself couldn't do; what was loaded before keeps being served. */
export const watchFolder = (
  directory: string,
  onChange: () => void,
  onFault: (error: unknown) => void,
): FolderWatch => {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(directory, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => /[\\/](\.git|node_modules)([\\/]|$)/.test(path.slice(directory.length)),
  });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
  });
  const begun = new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
    watcher.once('error', () => resolve());
  });
  watcher.on('error', onFault);
  return {
    begun,
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
};
