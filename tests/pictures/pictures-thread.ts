/** Looks at pixels in a thread of its own: among the tests each of Node's globals is looked up anew for every pixel. */
import { parentPort } from 'node:worker_threads';
import { comparePictures, inFewShades } from './compare-pictures.ts';
import type { PictureTask } from './picture-tasks.ts';

const resultOf = (task: PictureTask) =>
  task.kind === 'compare' ? comparePictures(task.reference, task.seen) : inFewShades(task.picture);

parentPort?.on('message', ({ id, task }: { id: number; task: PictureTask }) => {
  parentPort?.postMessage({ id, result: resultOf(task) });
});
