/** `app.use(gatefold(...))`: the gate before an Express app's own articles. */
import type { Request, RequestHandler } from 'express';
import { closeGently, listenForConsole } from './gateway/listen.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { parseSettings, type Settings, sharedConsoleNote } from './settings.ts';

/** Every setting by its environment name, in camel case, as text: `{ publicUrl, policyFile, redisUrl, tokenKeys, … }`. */
export interface GatefoldOptions {
  readonly publicUrl: string;
  /** The console's own origin: another host name that this app answers to, or, with `consolePort`, another port. */
  readonly consoleUrl?: string;
  /** Listened on by the gate itself, on `host`, for the console alone. */
  readonly consolePort?: string;
  readonly host?: string;
  readonly policyFile: string;
  readonly redisUrl?: string;
  readonly dataDir?: string;
  readonly tokenKeys?: string;
  readonly stripeSecretKey?: string;
  readonly stripeWebhookSecret?: string;
  readonly stripeApiBase?: string;
  readonly smtpUrl?: string;
  readonly mailFrom?: string;
  readonly purgeSecret?: string;
  readonly operators?: string;
  readonly trustProxy?: string;
  readonly logLevel?: string;
  /**
   * Whether a request is one of your own people's, such as an editor's: they get what your app answers, with nothing cut,
   * counted or kept. Asked of each request, as earlier middleware left it: `isStaff: (req) => req.user?.role === 'editor'`.
   */
  readonly isStaff?: (req: Request) => boolean | Promise<boolean>;
}

export interface GatefoldMiddleware extends RequestHandler {
  /** Rejects, with every fault, when the settings or the policy are broken; requests are answered 503 until it resolves. */
  readonly ready: Promise<Gateway>;
  close(): Promise<void>;
}

/**
 * Mount it before the routes that render articles and after what must see every request (logging, trust proxy). Pages
 * that those routes send are gated; whatever is no article goes through as it is.
 */
export const gatefold = (options: GatefoldOptions): GatefoldMiddleware => {
  const ready = open(options);
  let gateway: Gateway | undefined;
  ready.then(
    (opened) => {
      gateway = opened;
    },
    // Told to whoever awaits `ready`, and to each request below.
    () => undefined,
  );
  const handler: RequestHandler = (req, res, next) => {
    if (gateway) gateway.handleHosted(req, res, next);
    else ready.then((opened) => opened.handleHosted(req, res, next), next);
  };
  return Object.assign(handler, {
    ready,
    close: async () => {
      const opened = await ready.catch(() => undefined);
      await opened?.close();
    },
  });
};

const open = async ({ isStaff, ...options }: GatefoldOptions): Promise<Gateway> => {
  const environment = Object.fromEntries(
    Object.entries(options).map(([name, value]) => [environmentName(name), String(value)]),
  );
  const parsed = parseSettings(environment, { hosted: true });
  if (parsed.kind === 'faulty') throw new Error(`Gatefold can't start:\n- ${parsed.faults.join('\n- ')}`);
  const { settings } = parsed;
  const gateway = await createGateway({
    settings,
    // Express made the request before any middleware saw it.
    ...(isStaff ? { isStaff: (req) => isStaff(req as Request) } : {}),
  });
  const note = sharedConsoleNote(settings);
  if (note !== undefined) gateway.log.warn(note);
  return withConsolePort(gateway, settings);
};

/** What is listened on here ends with the gateway. */
const withConsolePort = async (gateway: Gateway, settings: Settings): Promise<Gateway> => {
  const server = await listenForConsole(gateway, settings).catch(async (error: unknown) => {
    await gateway.close();
    throw error;
  });
  if (!server) return gateway;
  const close = async (): Promise<void> => {
    await closeGently(server);
    await gateway.close();
  };
  return { ...gateway, close };
};

const environmentName = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
