/** Which two policies a replay compares, and why it can't. */
import type { Policies } from '../../insight/replay.ts';
import { textHash } from '../../policy/versions/version.ts';
import type { CheckedPolicy, DeskView } from '../draft/desk-view.ts';
import type { DraftDesk } from '../draft/draft-desk.ts';

/** A version by its number. */
export type Side = 'draft' | 'published' | number;

export interface SidesAsked {
  /** What readers would meet. */
  readonly policy: Side;
  /** What it is compared with. */
  readonly against: Side;
}

export type Sides =
  | {
      readonly kind: 'ok';
      readonly policies: Policies;
      /** Equal for equal texts. */
      readonly name: string;
    }
  | { readonly kind: 'no-draft' }
  | { readonly kind: 'version-unknown'; readonly number: number }
  | { readonly kind: 'faulty'; readonly side: Side };

/** @throws what the store throws. */
export const findSides = async (
  desk: Pick<DraftDesk, 'version' | 'check'>,
  view: DeskView,
  { policy, against }: SidesAsked,
): Promise<Sides> => {
  const [after, before] = [await findSide(desk, view, policy), await findSide(desk, view, against)];
  if (after.kind !== 'ok') return after;
  if (before.kind !== 'ok') return before;
  return {
    kind: 'ok',
    policies: { before: before.policy, after: after.policy },
    name: `${textHash(before.text)} ${textHash(after.text)}`,
  };
};

/** What a page asks about of itself: the draft, or without one what the newest version changed. */
export const defaultSides = ({ working, published }: DeskView): SidesAsked => {
  if (working.draft !== undefined) return { policy: 'draft', against: 'published' };
  const { number } = published.version;
  return { policy: 'published', against: number > 1 ? number - 1 : 'published' };
};

type FoundSide =
  | { readonly kind: 'ok'; readonly text: string; readonly policy: Policies['after'] }
  | Exclude<Sides, { kind: 'ok' }>;

const findSide = async (
  desk: Pick<DraftDesk, 'version' | 'check'>,
  { working, published }: DeskView,
  side: Side,
): Promise<FoundSide> => {
  if (side === 'published') return usable(side, published.text, published);
  if (side === 'draft')
    return working.draft === undefined ? { kind: 'no-draft' } : usable(side, working.text, working);
  const version = await desk.version(side);
  if (version === undefined) return { kind: 'version-unknown', number: side };
  return usable(side, version.text, await desk.check(version.text));
};

const usable = (side: Side, text: string, { policy }: CheckedPolicy): FoundSide =>
  policy === undefined ? { kind: 'faulty', side } : { kind: 'ok', text, policy };
