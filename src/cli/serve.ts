/** `gatefold serve`: the gateway on its port, until it is told to stop. */

import { setFlagsFromString } from 'node:v8';
import { onFreeConsolePort } from '../gateway/free-console-port.ts';
import { listen } from '../gateway/listen.ts';
import { createGateway } from '../gateway.ts';
import { signInMinutes } from '../readers/mailed-proof.ts';
import { isLocalAddress } from '../sandbox/local-address.ts';
import type { Settings } from '../settings.ts';
import { fail, readSettings } from './read-settings.ts';

export const serve = async (): Promise<void> => {
  collectWithOneThread();
  const settings = await withConsolePort(readSettings());
  const gateway = await createGateway({ settings }).catch((error: unknown) => fail(error));
  const server = await listen(gateway, settings).catch((error: unknown) => fail(error));
  // Without its store the console lets nobody in: a link comes with the next start.
  const link = await gateway.console.firstSignInLink().catch(() => undefined);
  welcome(settings, link);
  const stop = (): void => {
    // A second signal doesn't wait for readers who are still being answered.
    process.once('SIGINT', () => process.exit(130));
    server.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

/**
 * A request's garbage is small and dead by the next collection: waking helper threads for it costs a fifth of the
 * time that the request itself takes, and gains nothing.
 */
const collectWithOneThread = (): void => setFlagsFromString('--no-parallel-scavenge');

/** Says so where the port that is printed isn't the one that everybody would look at. */
const withConsolePort = async (asRead: Settings): Promise<Settings> => {
  const settings = await onFreeConsolePort(asRead);
  const [wanted, port] = [asRead.console.port, settings.console.port];
  if (port !== wanted)
    console.error(
      `Note: Port ${wanted} is taken by another program, so the console is at port ${port}. CONSOLE_PORT names another.`,
    );
  return settings;
};

const sandboxWords = (publicUrl: string): string =>
  isLocalAddress(publicUrl)
    ? `${publicUrl}/-/sandbox/ (an offline Stripe: no key is set, and no money moves)`
    : 'no Stripe key is set: nothing can be sold, and keys are made here';

const ofOperators = (publicUrl: string, consoleUrl: string): string =>
  consoleUrl === publicUrl ? '' : `; operators’ at ${consoleUrl}/-/outbox`;

const welcome = (
  { publicUrl, console: { url: consoleUrl }, sandbox, dataDir, smtpUrl, origin, redisUrl }: Settings,
  firstSignInLink: string | undefined,
): void => {
  const lines = [
    '',
    '  Gatefold is running.',
    '',
    `  Site      ${publicUrl}/`,
    `  Articles  ${origin.kind === 'http' ? origin.url : origin.kind === 'folder' ? origin.directory : 'the host application'}`,
    `  Account   ${publicUrl}/-/account`,
    `  Console   ${consoleUrl}/-/console`,
    ...(firstSignInLink === undefined
      ? []
      : [`  Sign in   ${firstSignInLink} (to the console, once, for ${signInMinutes} minutes)`]),
    ...(smtpUrl === undefined && sandbox
      ? [
          `  Outbox    ${publicUrl}/-/outbox (mail is kept here, not sent${ofOperators(publicUrl, consoleUrl)})`,
        ]
      : []),
    `  Store     ${redisUrl === undefined ? `embedded, in ${dataDir}` : 'Redis'}`,
    ...(sandbox ? [`  Sandbox   ${sandboxWords(publicUrl)}`] : []),
    '',
    '  Stop with Ctrl-C.',
    '',
  ];
  console.log(lines.join('\n'));
};
