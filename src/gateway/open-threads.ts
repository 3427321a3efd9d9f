/** The threads that do the work on large pages and long policies, and what they can do. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageTasks } from '../gate/page-tasks.ts';
import type { Metrics } from '../ops/metrics.ts';
import { createThreads, type ThreadBounds, type Threads } from '../ops/threads.ts';
import type { LoadedPolicy } from '../policy/load-policy.ts';

/** Every task has to be there: one that isn’t would show when it is first wanted. */
type Tasks = typeof import('./thread.ts') extends WantedTasks ? WantedTasks : never;
type WantedTasks = PageTasks & { checkDraft(text: string): LoadedPolicy };

export type GatewayThreads = Threads<Tasks>;

/** TypeScript as it stands, or compiled: whichever this file is. */
const file = new URL(`thread${extname(fileURLToPath(import.meta.url))}`, import.meta.url);

export const openThreads = (metrics: Metrics, bounds: ThreadBounds): GatewayThreads =>
  createThreads({ ...bounds, file, onEnd: metrics.countThreadTask });
