/** `/readers/:id/devices`: where a reader is signed in, and signing them out. */
import { z } from 'zod';
import type { DeviceId, ReaderId } from '../../readers/reader.ts';
import { type Call, call, ok, problem } from '../api/call.ts';
import { devicesAnswer, devicesTold } from './reader-answers.ts';
import type { ReadersContext } from './readers-context.ts';

export const deviceCalls = (context: ReadersContext): readonly Call[] => [
  listDevices(context),
  signOutDevice(context),
  signOutReader(context),
];

const group = 'Readers';
const byId = z.strictObject({ id: z.string().max(64) });

const listDevices = ({ sheetOf, siteNow }: ReadersContext): Call =>
  call({
    id: 'listReaderDevices',
    method: 'get',
    path: '/readers/:id/devices',
    action: 'read',
    group,
    summary: 'Where a reader is signed in, the browser that was seen last first.',
    params: byId,
    answer: devicesAnswer,
    problems: ['reader-unknown'],
    run: async ({ params: { id } }) => {
      const sheet = await sheetOf(id as ReaderId, siteNow());
      return sheet ? ok(devicesTold(sheet)) : problem('reader-unknown');
    },
  });

const signedOut = z.strictObject({ signedOut: z.number().int().describe('Browsers.') });

const signOutDevice = ({ change }: ReadersContext): Call =>
  call({
    id: 'signOutReaderDevice',
    method: 'delete',
    path: '/readers/:id/devices/:device',
    action: 'sign-out-device',
    group,
    summary: 'Signs one of a reader’s browsers out.',
    params: z.strictObject({ id: z.string().max(64), device: z.string().max(64) }),
    answer: signedOut,
    problems: ['device-unknown'],
    run: async ({ params: { id, device }, operator, now }) => {
      const done = await change.signOut(id as ReaderId, device as DeviceId, operator, now);
      return done.kind === 'signed-out' ? ok({ signedOut: done.devices }) : problem('device-unknown');
    },
  });

const signOutReader = ({ readers, change }: ReadersContext): Call =>
  call({
    id: 'signOutReader',
    method: 'delete',
    path: '/readers/:id/devices',
    action: 'sign-out-device',
    group,
    summary: 'Signs a reader out everywhere.',
    params: byId,
    answer: signedOut,
    problems: ['reader-unknown'],
    run: async ({ params, operator, now }) => {
      const id = params.id as ReaderId;
      if (!(await readers.byId(id))) return problem('reader-unknown');
      const done = await change.signOut(id, undefined, operator, now);
      return ok({ signedOut: done.kind === 'signed-out' ? done.devices : 0 });
    },
  });
