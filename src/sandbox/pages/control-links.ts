/** Where the control page's forms are sent. */
import { hostedPaths } from '../hosted.ts';

export const controlPaths = {
  front: `${hostedPaths.prefix}/`,
  clock: `${hostedPaths.prefix}/clock`,
  mischief: `${hostedPaths.prefix}/mischief`,
  resend: `${hostedPaths.prefix}/resend`,
} as const;
