/** `/sandbox/…` on the API's own server, with its key: what tests and benchmarks order of the sandbox. JSON in, JSON out. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HostedActions, HostedControls } from '../hosted.ts';
import type { Books } from '../ledger/books.ts';
import { closeDispute, openDispute } from '../life/dispute.ts';
import type { Mischief } from '../sandbox.ts';
import { seedSubscriptions } from '../seed.ts';
import { showDispute } from '../shapes/dispute.ts';
import type { Fault, Faults } from './faults.ts';

interface Options {
  readonly books: Books;
  readonly controls: HostedControls;
  readonly actions: HostedActions;
  readonly faults: Faults;
  readonly changed: () => void;
}

type Order = Readonly<Record<string, unknown>>;
type Control = (order: Order) => object | undefined | Promise<object | undefined>;

/** Answers true when the address is one of the sandbox's own, and answers the request then. */
export const createControlRoutes = ({ books, controls, actions, faults, changed }: Options) => {
  const routes: Readonly<Record<string, Control>> = {
    'GET /sandbox/state': () => stateOf(books, controls),
    'POST /sandbox/clock': async ({ to, byMs }) => {
      const target = typeof to === 'number' ? to : controls.now() + numberOf(byMs, 0);
      await controls.moveClock(target);
      return stateOf(books, controls);
    },
    'POST /sandbox/mischief': (order) => {
      controls.setMischief(mischiefOf(order, controls.mischief()));
      return stateOf(books, controls);
    },
    'POST /sandbox/settled': async () => {
      await controls.settled();
      return stateOf(books, controls);
    },
    // The newest hundred, each with what became of its deliveries.
    'GET /sandbox/events': () => ({ events: controls.recentEvents(100) }),
    'POST /sandbox/resend': ({ event: id }) => ({ known: controls.resend(textOf(id)) }),
    'POST /sandbox/faults': (order) => {
      const fault = faultOf(order);
      if (fault) faults.order(fault);
      else faults.clear();
      return {};
    },
    'POST /sandbox/dunning': ({ after }) => {
      if (after !== 'cancel' && after !== 'past_due' && after !== 'unpaid') return undefined;
      books.changeSettings({ afterDunning: after });
      return { after };
    },
    'POST /sandbox/disputes': ({ payment_intent: intent, reason }) => {
      const dispute = openDispute(books, textOf(intent), textOf(reason, 'fraudulent'));
      return dispute && showDispute(dispute);
    },
    'POST /sandbox/disputes/close': ({ dispute: id, status }) => {
      const dispute = books.disputes.get(textOf(id));
      if (!dispute || (status !== 'won' && status !== 'lost')) return undefined;
      return showDispute(closeDispute(books, dispute, status));
    },
    'POST /sandbox/seed': ({ count, price }) => ({
      subscriptions: seedSubscriptions(books, numberOf(count, 0), textOf(price, '')),
    }),
    // What a person does at a hosted page, by the action's name: { "do": "submitCheckout", "with": ["cs_…", {…}] }.
    'POST /sandbox/act': ({ do: name, with: args }) => {
      const act: unknown =
        typeof name === 'string' && Object.hasOwn(actions, name) && Reflect.get(actions, name);
      if (typeof act !== 'function' || !Array.isArray(args)) return undefined;
      return { outcome: act(...args) ?? null };
    },
  };
  return (req: IncomingMessage, res: ServerResponse, path: string, body: string): boolean => {
    if (!path.startsWith('/sandbox/')) return false;
    const control = routes[`${req.method} ${path}`];
    void carryOut(control, body).then(({ status, answer }) => {
      books.commit();
      changed();
      res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
    });
    return true;
  };
};

const carryOut = async (control: Control | undefined, body: string) => {
  if (!control) return { status: 404, answer: { error: { message: 'The sandbox has no such control.' } } };
  try {
    const order: unknown = body === '' ? {} : JSON.parse(body);
    const answer = await control(typeof order === 'object' && order !== null ? (order as Order) : {});
    return answer
      ? { status: 200, answer }
      : {
          status: 400,
          answer: { error: { message: 'The control can’t be carried out with these values.' } },
        };
  } catch (error) {
    return { status: 400, answer: { error: { message: error instanceof Error ? error.message : 'failed' } } };
  }
};

const stateOf = (books: Books, controls: HostedControls): object => ({
  now: controls.now(),
  nextDueAt: controls.nextDueAt() ?? null,
  mischief: controls.mischief(),
  afterDunning: books.settings().afterDunning,
});

const numberOf = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
const textOf = (value: unknown, otherwise = ''): string => (typeof value === 'string' ? value : otherwise);

const mischiefOf = (order: Order, before: Mischief): Mischief => ({
  delayMs: numberOf(order.delayMs, before.delayMs),
  copies: numberOf(order.copies, before.copies),
  shuffle: typeof order.shuffle === 'boolean' ? order.shuffle : before.shuffle,
  dropOfTen: numberOf(order.dropOfTen, before.dropOfTen),
});

const faultKinds: readonly Fault['kind'][] = ['error', 'nonsense', 'rate-limit', 'reset', 'slow'];

/** Undefined: no fault is named, so that all are to be called off. */
const faultOf = ({ kind, count, path, delayMs }: Order): Fault | undefined => {
  const known = faultKinds.find((one) => one === kind);
  return (
    known && {
      kind: known,
      count: numberOf(count, 1),
      path: textOf(path, '/v1/'),
      delayMs: numberOf(delayMs, 1_000),
    }
  );
};
