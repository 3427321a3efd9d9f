/** What a thread beside can do: its exports are the tasks, by name. */
import { createPageTasks } from '../gate/page-tasks.ts';

/** One of the largest pages, or some smaller ones. */
const keptCharacters = 8_400_000;

export const { readPage, cutPage, comparePages, lookIntoJson, cutJson, linksInFeed, cutFeed, textPrints } =
  createPageTasks(keptCharacters);
