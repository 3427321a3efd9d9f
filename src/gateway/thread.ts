/** What a thread beside can do: its exports are the tasks, by name. */
import { createPageTasks } from '../gate/page-tasks.ts';
import { knownMessages } from '../pages/messages/message-keys.ts';
import { type LoadedPolicy, loadPolicy } from '../policy/load-policy.ts';
import { draftName } from '../policy/versions/check-text.ts';

/** One of the largest pages, or some smaller ones. */
const keptCharacters = 8_400_000;

export const {
  readPage,
  cutPage,
  textPrints,
  cleanAnswer,
  comparePages,
  lookIntoJson,
  cutJson,
  cutJsonList,
  entriesInFeed,
  cutFeed,
} = createPageTasks(keptCharacters);

/** A text of the policy, as the draft of it. */
export const checkDraft = (text: string): LoadedPolicy => loadPolicy(text, draftName, knownMessages);
