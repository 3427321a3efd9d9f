/** What a replay came to, in sentences. */
import type { ReplayReport, Stopped } from '../../insight/replay-report.ts';
import type { Side, SidesAsked } from './replay-sides.ts';

/** Such as `With the draft 132 of 1,000 readers would be stopped, now 87.` */
export const replayInWords = (report: ReplayReport, { policy, against }: SidesAsked): string => {
  const { readers, stoppedBefore, stoppedAfter } = report.total;
  const about = report.estimated ? 'about ' : '';
  const stopped = `${about}${whole(stoppedAfter.readers)} of ${about}${counted(readers, 'reader')} would be stopped`;
  const before = `${about}${whole(stoppedBefore.readers)}`;
  return against === 'published'
    ? `With ${sideInWords(policy)} ${stopped}, now ${before}.`
    : `With ${sideInWords(policy)} ${stopped}, with ${sideInWords(against)} ${before}.`;
};

/** What turns from one into the other. */
export const turnInWords = (
  { newlyStopped, newlyLetIn, estimated }: ReplayReport,
  { against }: SidesAsked,
): string => {
  const about = estimated ? 'about ' : '';
  const both = ({ views, readers }: Stopped): string =>
    `${about}${counted(views, 'view')}, and ${about}${counted(readers, 'reader')} who`;
  const before = against === 'published' ? 'now' : `with ${sideInWords(against)}`;
  const parts = [
    newlyStopped.views > 0 ? [`Newly stopped: ${both(newlyStopped)} meet no stop ${before}.`] : [],
    newlyLetIn.views > 0 ? [`Newly let in: ${both(newlyLetIn)} would meet no stop any more.`] : [],
  ].flat();
  return parts.length > 0 ? parts.join(' ') : 'Not one view in the log would end otherwise.';
};

export const sideInWords = (side: Side): string => {
  if (side === 'draft') return 'the draft';
  return side === 'published' ? 'what is in force' : `version ${side}`;
};

export const whole = (count: number): string => count.toLocaleString('en-GB');

export const counted = (count: number, one: string): string =>
  `${whole(count)} ${one}${count === 1 ? '' : 's'}`;
