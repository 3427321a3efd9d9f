/** The log: JSON lines, with everything that could let somebody in taken out before it is written. */
import { type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>;

/** Whatever a caller passes by mistake: these names never reach a line with their value. */
const secretFields = [
  'cookie',
  'authorization',
  'set-cookie',
  'token',
  'secret',
  'password',
  'link',
  'code',
  'email',
  'body',
  'html',
  'text',
];

export const createLog = (level: string): Log =>
  pino({
    level,
    base: null,
    redact: {
      paths: secretFields.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `*.headers["${field}"]`]),
      censor: '[removed]',
    },
  });

/** An error as a log may show it: its name and message, never what it carried. Mail servers repeat addresses in theirs. */
export const faultOf = (error: unknown): { name: string; message: string } =>
  error instanceof Error
    ? { name: error.name, message: error.message.replace(anAddress, '[removed]') }
    : { name: 'unknown', message: '' };

const anAddress = /[^\s<>"'(),;:]{1,128}@[^\s<>"'(),;:]{1,255}/g;
