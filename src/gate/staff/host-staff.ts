/** A host application knows its own people itself: it says so of each request, instead of answering a probe. */
import type { IncomingMessage } from 'node:http';

/** Of a request as the host's earlier middleware left it. */
export type IsStaff = (req: IncomingMessage) => boolean | Promise<boolean>;

/** Never throws or rejects: where the host's own answer fails, whoever asks is a reader like any other. */
export const createHostStaff =
  (isStaff: IsStaff | undefined, report: (error: unknown) => void): IsStaff =>
  (req) => {
    if (isStaff === undefined) return false;
    const failed = (error: unknown): boolean => {
      report(error);
      return false;
    };
    try {
      const said = isStaff(req);
      return said instanceof Promise ? said.then((is) => is === true, failed) : said === true;
    } catch (error) {
      return failed(error);
    }
  };
