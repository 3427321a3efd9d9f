/** Which part of the gateway answers a request: the sandbox's pages, Gatefold's own, or the gate. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { andThen } from '../ops/soon.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Gate } from './compose-gate.ts';
import { hostSource } from './host-source.ts';
import type { OpenedOrigin } from './open-origin.ts';

export interface Answering {
  /** Answers any request: Gatefold's own pages under `/-/`, everything else by the gate. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** The same before a host application: what `next` answers is gated. */
  handleHosted(req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void): void;
}

interface Options {
  readonly app: (req: IncomingMessage, res: ServerResponse) => void;
  readonly gate: Gate;
  readonly opened: OpenedOrigin;
  readonly sandbox?: Sandbox;
}

export const createAnswering = ({ app, gate, opened, sandbox }: Options): Answering => {
  const source = { origin: opened.origin, shareable: true };
  const isAnsweredAsOwn = (req: IncomingMessage, res: ServerResponse): boolean => {
    const { url = '/' } = req;
    if (!isOwnPage(url)) return false;
    if (sandbox && isSandboxPage(url)) sandbox.handlePage(req, res);
    else app(req, res);
    return true;
  };
  return {
    handle: (req, res) => {
      if (!isAnsweredAsOwn(req, res)) gate.handle(req, res, source);
    },
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
