/** `/-/console/readers`: the list of readers, who is looked for, a comp for an address, all as CSV, and the drift report. */
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { CustomerId } from '../../billing/subscription.ts';
import type { ProductId } from '../../policy/policy.ts';
import { readAddress } from '../../readers/read-address.ts';
import type { ReaderId } from '../../readers/reader.ts';
import { sendOn } from '../../readers/send-page.ts';
import { may } from '../operators/may.ts';
import { sendCsv } from '../shell/send-csv.ts';
import { renderDriftPage } from './drift-page.tsx';
import { driftReport } from './drift-report.ts';
import { dayAt, endOfDayTyped } from './last-day.ts';
import { findPlace, type ListPlace, listAddress } from './list-place.ts';
import { type CompTyped, compFaults } from './reader-comp.tsx';
import type { ReadersContext } from './readers-context.ts';
import { exportReaders } from './readers-csv.ts';
import type { ReadersFacts } from './readers-facts.ts';
import { renderReadersPage } from './readers-page.tsx';

const path = '/-/console/readers';

export const readersRoutes = (context: ReadersContext): Router => {
  const { need } = context;
  // After `need`: what may not be sent isn't read.
  const form = express.urlencoded({ extended: false, limit: '8kb', parameterLimit: 20 });
  return Router()
    .get(path, need('read'), show(context))
    .post(`${path}/find`, need('read'), form, find(context))
    .post(`${path}/comp`, need('grant'), form, giveComp(context))
    .get(`${path}.csv`, need('export'), sendAll(context))
    .get(`${path}/drift`, need('read'), showDrift(context))
    .get(`${path}/customer/:customer`, need('read'), toOwner(context));
};

const readersPerPage = 50;

const text = z.string().max(254).optional().catch(undefined);
const filterQuery = { holds: text, only: z.enum(['owed', 'comp']).optional().catch(undefined) };
const placeQuery = z.object({
  ...filterQuery,
  like: text,
  letters: z.coerce.number().int().min(1).max(254).optional().catch(undefined),
  after: text,
});

const placeOf = (query: unknown): ListPlace => {
  const { like, letters, after, ...filter } = placeQuery.parse(query);
  return {
    filter: filterOf(filter),
    ...(like && letters ? { like: { reader: like as ReaderId, letters } } : {}),
    ...(after ? { after: after as ReaderId } : {}),
  };
};

const filterOf = ({ holds, only }: { holds?: string | undefined; only?: 'owed' | 'comp' | undefined }) => ({
  ...(holds ? { holds: holds as ProductId } : {}),
  ...(only ? { only } : {}),
});

type More = Partial<Pick<ReadersFacts, 'search' | 'notice' | 'fault' | 'typed'>>;

const show =
  (context: ReadersContext): RequestHandler =>
  async (request, response) => {
    await showList(context, request, response, 200, placeOf(request.query));
  };

const showList = async (
  context: ReadersContext,
  request: Request,
  response: Response,
  status: number,
  wanted: ListPlace,
  more: More = {},
): Promise<void> => {
  const { readers, list, policy, siteNow, showPage, operatorOf } = context;
  const found = await findPlace(readers, wanted);
  const gone = found.kind === 'gone';
  const place = gone ? { filter: wanted.filter } : wanted;
  const asked = gone ? { filter: wanted.filter } : found.asked;
  const now = siteNow();
  // What nobody's address begins with has no page of its own: nothing is listed.
  const listed =
    more.search === undefined ? await list.page(asked, readersPerPage, now) : { readers: [], lookedAt: 0 };
  const { role, via } = operatorOf(request);
  const { products, site } = policy();
  const facts: ReadersFacts = {
    place,
    list: listed,
    search: asked.startsWith ?? '',
    products,
    mayGrant: may({ role, by: via.kind }, 'grant') === 'allowed',
    sells: context.sells,
    ...(gone ? { notice: 'That place in the list isn’t there any more: it begins anew.' } : {}),
    ...more,
    today: dayAt(now, site.timeZone),
    now,
  };
  showPage(request, response, status, (frame) => renderReadersPage(frame, facts));
};

const findForm = z.object({ search: z.string().max(254).catch(''), ...filterQuery });

const find =
  (context: ReadersContext): RequestHandler =>
  async (request, response) => {
    const asked = findForm.parse(request.body ?? {});
    const filter = filterOf(asked);
    const found = await context.find(asked.search);
    switch (found.kind) {
      case 'reader':
        return sendOn(response, `${path}/${found.id}`);
      case 'everybody':
        return sendOn(response, listAddress({ filter }));
      case 'beginning': {
        const { startsWith, first } = found;
        return sendOn(
          response,
          listAddress({ filter, like: { reader: first.id, letters: startsWith.length } }),
        );
      }
      case 'nobody':
        return showList(context, request, response, 404, { filter }, { search: found.text });
      default:
        return found satisfies never;
    }
  };

const compForm = z.object({
  email: z.string().catch(''),
  product: z.string().catch(''),
  until: z.string().catch(''),
});

const giveComp =
  (context: ReadersContext): RequestHandler =>
  async (request, response) => {
    const typed = compForm.parse(request.body ?? {});
    const refuse = (wrong: CompTyped['wrong'], fault: string): Promise<void> =>
      showList(
        context,
        request,
        response,
        422,
        { filter: {} },
        {
          fault: 'No comp was given: see what is said at the form.',
          typed: { ...typed, wrong, fault },
        },
      );
    const email = readAddress(typed.email);
    if (!email) return refuse('email', compFaults.email);
    const endsAt = endOfDayTyped(typed.until, context.policy().site.timeZone);
    if (endsAt === undefined) return refuse('until', compFaults.until);
    const asked = { product: typed.product, endsAt };
    const given = await context.change.comp({ email }, asked, context.operatorOf(request), context.clock());
    if (given.kind === 'given') return sendOn(response, `${path}/${given.reader}?done=given`);
    return given.kind === 'product-unknown'
      ? refuse('product', compFaults.product)
      : refuse('until', compFaults.until);
  };

const sendAll =
  (context: ReadersContext): RequestHandler =>
  async (request, response) => {
    const place = placeOf(request.query);
    const found = await findPlace(context.readers, place);
    if (found.kind === 'gone') return sendOn(response, listAddress({ filter: place.filter }));
    const chunks = exportReaders(context, found.asked, context.operatorOf(request));
    await sendCsv(request, response, { name: 'readers.csv', chunks, report: context.report });
  };

const showDrift =
  ({ customers, policy, sells, showPage }: ReadersContext): RequestHandler =>
  async (request, response) => {
    const report = await driftReport(customers);
    const everyMinutes = policy().billing.reconcileMinutes;
    const facts = { sells, everyMinutes, ...(report ? { report } : {}) };
    showPage(request, response, 200, (frame) => renderDriftPage(frame, facts));
  };

const toOwner =
  (context: ReadersContext): RequestHandler =>
  async (request, response) => {
    const id = String(request.params.customer);
    const owner = (await context.customers.customer(id as CustomerId))?.owner;
    if (owner) return sendOn(response, `${path}/${owner}`);
    await showList(context, request, response, 404, { filter: {} }, { search: id });
  };
