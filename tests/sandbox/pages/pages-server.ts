/** The hosted pages on a port of their own, acting on whatever a test says the offline Stripe answers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HostedActions, HostedControls } from '../../../src/sandbox/hosted.ts';
import { createHostedPages } from '../../../src/sandbox/pages/hosted-pages.ts';
import { challenge, checkout, events, invoice, now, portal } from './example-views.ts';

export interface PagesServer {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  close(): Promise<void>;
}

export const servePages = async (
  actions: Partial<HostedActions> = {},
  controls: Partial<HostedControls> = {},
  warn?: (message: string) => void,
): Promise<PagesServer> => {
  const server = createServer((req, res) => handle(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const handle = createHostedPages({
    actions: { ...stillActions, ...actions },
    controls: { ...stillControls, ...controls },
    publicUrl: url,
    now: () => now,
    ...(warn && { warn }),
  });
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** Everything is there, and nothing can be done. */
const stillActions: HostedActions = {
  checkout: (id) => (id === 'cs_test_1' ? checkout() : undefined),
  promotion: (_, code) =>
    code === 'SPRING' ? { code, name: 'Spring, 25 % off', amountOff: 225 } : undefined,
  submitCheckout: () => ({ kind: 'gone' }),
  challenge: (id) => (id === challenge.id ? challenge : undefined),
  answerChallenge: () => ({ kind: 'gone' }),
  portal: (id) => (id === 'bps_1' ? portal() : undefined),
  cancelAtPeriodEnd: () => ({ kind: 'gone' }),
  cancelNow: () => ({ kind: 'gone' }),
  resume: () => ({ kind: 'gone' }),
  switchPlan: () => ({ kind: 'gone' }),
  changeCard: () => ({ kind: 'gone' }),
  payInvoice: () => ({ kind: 'gone' }),
  changeEmail: () => ({ kind: 'gone' }),
  invoice: (id) =>
    portal().invoices.find((each) => each.id === id) ?? (id === 'in_9' ? invoice() : undefined),
};

const stillControls: HostedControls = {
  now: () => now,
  moveClock: async () => {},
  setMischief: () => {},
  mischief: () => ({ delayMs: 0, copies: 1, shuffle: false, dropOfTen: 0 }),
  settled: async () => {},
  recentEvents: (count) => events.slice(0, count),
  nextDueAt: () => now + 86_400_000,
  resend: (id) => events.some((event) => event.id === id),
};
