/** Who is an owner by the settings: always, and whatever happens in the console. */
import type { Email } from '../../readers/reader.ts';
import type { Settings } from '../../settings.ts';

/** Nobody has such an address, and the sandbox sends no mail: its first link is printed, the others are in the outbox. */
const sandboxOwner = 'owner@localhost' as Email;

/** In the order of OPERATORS. Empty: nobody gets into the console. */
export const ownersBySettings = ({
  operators,
  sandbox,
}: Pick<Settings, 'operators' | 'sandbox'>): ReadonlySet<Email> =>
  new Set(operators.length === 0 && sandbox ? [sandboxOwner] : (operators as readonly Email[]));
