/** Answers what a policy would change: for the page and for the management API. */
import type { DeskView } from '../draft/desk-view.ts';
import type { DraftDesk } from '../draft/draft-desk.ts';
import type { ReplayJobs, ReplayState } from './replay-jobs.ts';
import type { ReplayRequest } from './replay-request-schema.ts';
import { defaultSides, findSides, type Sides, type SidesAsked } from './replay-sides.ts';

export interface AskedReplay {
  readonly asked: SidesAsked;
  readonly view: DeskView;
  readonly answer: ReplayState | Exclude<Sides, { kind: 'ok' }> | { readonly kind: 'not-run' };
}

/** @param run false: only what is kept is told. @throws what the store throws. */
export type AskReplay = (request: ReplayRequest, run: boolean) => Promise<AskedReplay>;

interface Options {
  readonly desk: Pick<DraftDesk, 'view' | 'version' | 'check'>;
  readonly jobs: ReplayJobs;
}

export const createAskReplay =
  ({ desk, jobs }: Options): AskReplay =>
  async ({ since, ...sides }, run) => {
    const view = await desk.view();
    const asked = sidesOf(sides, view);
    const found = await findSides(desk, view, asked);
    if (found.kind !== 'ok') return { asked, view, answer: found };
    const { name, policies } = found;
    const job = { name, ...(since === undefined ? {} : { since }) };
    const state = run ? await jobs.run({ ...job, policies }) : jobs.kept(job);
    return { asked, view, answer: state ?? { kind: 'not-run' } };
  };

const sidesOf = ({ policy, against }: Omit<ReplayRequest, 'since'>, view: DeskView): SidesAsked => {
  if (policy === undefined && against === undefined) return defaultSides(view);
  return {
    policy: policy ?? (view.working.draft === undefined ? 'published' : 'draft'),
    against: against ?? 'published',
  };
};
