/** Messages: their page, with pictures of where they are read, and their call. */
import type { Clock } from '../../ops/clock.ts';
import type { Area } from '../area.ts';
import { messagesCalls } from './messages-calls.ts';
import { messagesRoutes } from './messages-routes.ts';

/** @property readersClock the readers' time */
export const messagesArea =
  (options: { readonly readersClock: Clock }): Area =>
  (shared) => ({
    pages: messagesRoutes({ ...shared, ...options }),
    calls: messagesCalls(shared.desk),
  });
