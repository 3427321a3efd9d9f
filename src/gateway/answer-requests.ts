/** Which part of the gateway answers a request: the console, the sandbox's pages, Gatefold's own, or the gate. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { andThen } from '../ops/soon.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Gate } from './compose-gate.ts';
import type { IsForConsole } from './console-host.ts';
import { hostSource } from './host-source.ts';

export interface Answering {
  /** Answers any request: the console's host by the console, Gatefold's own pages under `/-/`, everything else by the gate. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** For a port that is the console's alone, whatever host is asked for there. */
  handleConsole(req: IncomingMessage, res: ServerResponse): void;
  /** The same before a host application: what `next` answers is gated. */
  handleHosted(req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void): void;
}

type Handle = (req: IncomingMessage, res: ServerResponse) => void;

interface Options {
  readonly app: Handle;
  /** Absent: the console is among the site's own pages. */
  readonly consoleApp?: Handle;
  readonly isForConsole: IsForConsole;
  readonly gate: Gate;
  readonly sandbox?: Sandbox;
}

export const createAnswering = (options: Options): Answering => {
  const { app, consoleApp = app, isForConsole, gate, sandbox } = options;
  const source = { origin: gate.origin, shareable: true };
  const isAnsweredAsOwn = (req: IncomingMessage, res: ServerResponse): boolean => {
    const { url = '/' } = req;
    if (isForConsole(req)) {
      consoleApp(req, res);
      return true;
    }
    if (!isOwnPage(url)) return false;
    if (sandbox && isSandboxPage(url)) sandbox.handlePage(req, res);
    else app(req, res);
    return true;
  };
  return {
    handle: (req, res) => {
      if (!isAnsweredAsOwn(req, res)) gate.handle(req, res, source);
    },
    handleConsole: consoleApp,
    handleHosted: (req, res, next) => {
      if (isAnsweredAsOwn(req, res)) return;
      andThen(gate.isHostStaff(req), (isStaff) => {
        if (isStaff) {
          next();
          return;
        }
        const hosted = hostSource(req, res, next);
        gate.handle(hosted.asked, hosted.client, hosted.source);
      });
    },
  };
};

const isOwnPage = (url: string): boolean => url.startsWith('/-/') || url === '/-';

const isSandboxPage = (url: string): boolean => /^\/-\/sandbox(?:[/?]|$)/.test(url);
