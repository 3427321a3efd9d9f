/** What a reader is entitled to, as far as it can be known: as it is now, or as it was last heard. */
import type { LiveView } from '../entitlements/live-view.ts';
import type { Policy } from '../policy/policy.ts';
import type { Asker } from '../readers/asker.ts';
import type { EntitlementView } from './decide.ts';

/**
 * While the store can't be asked, the policy says whether the token's word counts. What the store itself said after the
 * token was made counts for more: an entitlement that was withdrawn meanwhile isn't given back by an outage, and one
 * that was bought meanwhile isn't taken away.
 *
 * @param onDegraded told of what the store failed with
 */
export const entitlementsKnown = async (
  { id, snapshot, snapshotAt }: NonNullable<Asker['reader']>,
  liveView: LiveView,
  { whenDown }: Pick<Policy, 'whenDown'>,
  onDegraded: (error: unknown) => void,
): Promise<EntitlementView> => {
  try {
    return { kind: 'live', list: await liveView.of(id) };
  } catch (error) {
    onDegraded(error);
    if (whenDown.entitlements !== 'token') return { kind: 'token', list: [] };
    const heard = liveView.lastHeard(id);
    return { kind: 'token', list: heard && heard.at >= snapshotAt ? heard.list : snapshot };
  }
};
