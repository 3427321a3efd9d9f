/** `/` where the console has an origin of its own: whoever types its address is led in. */
import { Router } from 'express';
import { sendOn } from '../../readers/send-page.ts';
import { consolePath } from '../operators/return-path.ts';

export const frontRoutes = (): Router =>
  Router().get('/', (_request, response) => sendOn(response, consolePath));
