/** `/-/console/insight`, and its tables as files. */
import { type RequestHandler, type Response, Router } from 'express';
import type { ConsoleShared } from '../area.ts';
import { inOnePiece } from '../shell/csv.ts';
import { sendCsv } from '../shell/send-csv.ts';
import { funnelCsv, readsCsv, sellersCsv } from './insight-csv.ts';
import { renderInsightPage } from './insight-page.tsx';
import { findPeriod, lastDays, usualDays } from './insight-period.ts';
import { type FunnelRequest, funnelRequest, readsRequest } from './insight-request-schema.ts';
import {
  funnelLines,
  type InsightSources,
  onlyOf,
  readsLines,
  sellerLines,
  today,
} from './insight-tables.ts';
import { viewInsight } from './insight-view.ts';

interface Options extends Pick<ConsoleShared, 'need' | 'showPage' | 'report'> {
  readonly sources: InsightSources;
}

const path = '/-/console/insight';

export const insightRoutes = (options: Options): Router =>
  Router()
    .get(path, options.need('read'), show(options))
    .get(`${path}/funnel.csv`, options.need('export'), funnelFile(options))
    .get(`${path}/reads.csv`, options.need('export'), readsFile(options))
    .get(`${path}/sellers.csv`, options.need('export'), sellersFile(options));

const show =
  ({ sources, showPage }: Options): RequestHandler =>
  async (request, response) => {
    const asked = parse(request.query);
    const period = asked === undefined ? unreadable : findPeriod(asked, today(sources));
    const span = period.kind === 'ok' ? period.span : lastDays(usualDays, today(sources));
    const view = await viewInsight(sources, span, onlyOf(asked ?? {}));
    const fault = period.kind === 'ok' ? undefined : `${period.fault} The last ${usualDays} days are shown.`;
    showPage(request, response, fault === undefined ? 200 : 400, (frame) =>
      renderInsightPage(frame, { view, fault }),
    );
  };

const unreadable = {
  kind: 'faulty',
  fault: 'That address asks for days or names that can’t be. Choose them here.',
} as const;

/** Undefined: it can't be. A field that was left empty isn't meant. */
const parse = (query: Readonly<Record<string, unknown>>): FunnelRequest | undefined => {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  return funnelRequest.safeParse(Object.fromEntries(given)).data;
};

const funnelFile =
  (options: Options): RequestHandler =>
  async (request, response) => {
    const { sources, report } = options;
    const asked = parse(request.query);
    const period = asked === undefined ? unreadable : findPeriod(asked, today(sources));
    if (period.kind === 'faulty') return refuse(response, period.fault);
    const { by = 'day', ...names } = asked ?? {};
    const lines = await funnelLines(sources.store, { ...period.span, by, only: onlyOf(names) });
    const chunks = inOnePiece(funnelCsv(by, lines));
    await sendCsv(request, response, { name: `funnel-by-${by}.csv`, chunks, report });
  };

const readsFile =
  ({ sources, report }: Options): RequestHandler =>
  async (request, response) => {
    const { data: asked } = readsRequest.safeParse(request.query);
    const meter = sources.policy().meters.find(({ id }) => id === asked?.meter);
    if (meter === undefined)
      return refuse(response, 'That address names no metered limit of the policy in force.');
    const chunks = inOnePiece(readsCsv(meter.id, await readsLines(sources, meter, asked?.day)));
    await sendCsv(request, response, { name: 'free-reads.csv', chunks, report });
  };

const sellersFile =
  ({ sources, report }: Options): RequestHandler =>
  async (request, response) => {
    const asked = parse(request.query);
    const period = asked === undefined ? unreadable : findPeriod(asked, today(sources));
    if (period.kind === 'faulty') return refuse(response, period.fault);
    const chunks = inOnePiece(sellersCsv(await sellerLines(sources.store, period.span)));
    await sendCsv(request, response, { name: 'sellers.csv', chunks, report });
  };

/** Nobody comes here but by the links of the page. */
const refuse = (response: Response, fault: string): void => {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.status(400).type('text/plain').send(`${fault}\n`);
};
