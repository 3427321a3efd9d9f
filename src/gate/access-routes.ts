/** The access API: what a reader may read, for nginx, Caddy, Traefik, edge workers and apps to ask. */
import { type ErrorRequestHandler, json, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../ops/clock.ts';
import type { Identity } from '../readers/identify.ts';
import { addressesInBatches, type Limit } from '../readers/rate-limits.ts';
import type { AccessAnswer, AnswerAccess } from './answer-access.ts';
import { answerBatch } from './answer-batch.ts';
import { type AskedAddress, askedAddress } from './asked-address.ts';
import type { Purpose } from './decide.ts';
import type { IdentityOf } from './identity-of.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import { purposeOf } from './purpose.ts';
import type { StaffOf } from './staff/staff-of.ts';

interface Dependencies {
  readonly answerAccess: AnswerAccess;
  readonly identityOf: IdentityOf;
  readonly staffOf: StaffOf;
  readonly inForce: () => PolicyInForce;
  readonly hosts: readonly string[];
  readonly clock: Clock;
  /** Whether an address is answered without a question to the origin. */
  readonly isKnown: (address: AskedAddress) => boolean;
  /** Questions of batches to the origin, for one network. */
  readonly batchLimit: Limit;
  readonly networkOf: (req: Request, now: number) => string;
}

const maxUrls = 100;
const batch = z.strictObject({ urls: z.array(z.string().min(1).max(8_192)).min(1).max(maxUrls) });

export const accessRoutes = (dependencies: Dependencies): Router => {
  const { answerAccess, identityOf, staffOf, inForce, hosts, clock, isKnown, batchLimit } = dependencies;
  const routes = Router();

  const answerOne = async (
    address: AskedAddress,
    purpose: Purpose,
    identity: Identity,
    req: Request,
  ): Promise<AccessAnswer> => {
    const isStaff = (await staffOf(req, address, inForce())) === 'staff';
    const whose = isStaff ? { ...identity, asker: { ...identity.asker, staff: true as const } } : identity;
    return answerAccess(address, whose, purpose, clock(), req.headers['user-agent']);
  };

  routes.use('/-/access', (req, res, next) => {
    if (cameTwice(req)) ambiguous(res);
    else next();
  });

  routes.get('/-/access', async (req, res) => {
    const identity = await identityOf(req, clock());
    if (refusesToken(identity, res)) return;
    const asked = askedBy(req, hosts);
    if (asked === undefined) {
      fault(res, 400, 'url-missing', 'Name the article: /-/access?url=/path, or send X-Original-URL.');
      return;
    }
    if (asked === 'ambiguous') {
      ambiguous(res);
      return;
    }
    const address = askedAddress(asked.url, hosts);
    if (address === undefined) {
      fault(
        res,
        400,
        'url-invalid',
        'The url must be a path of this site, or an address that begins with PUBLIC_URL.',
      );
      return;
    }
    const answer = await answerOne(address, asked.purpose, identity, req);
    for (const cookie of identity.setCookies) res.append('Set-Cookie', cookie);
    if (answer.header) res.set('Gatefold-Access', answer.header);
    // A proxy that asks before each request understands nothing but the status.
    res.status(asked.forwarded ? forwardedStatus(answer) : 200).json(answer.body);
  });

  routes.post('/-/access', json({ limit: '1mb' }), async (req, res) => {
    const parsed = batch.safeParse(req.body);
    if (!parsed.success) {
      fault(res, 400, 'batch-invalid', `Send JSON: {"urls": ["/path", …]}, at most ${maxUrls} of them.`);
      return;
    }
    const identity = await identityOf(req, clock());
    if (refusesToken(identity, res)) return;
    const network = dependencies.networkOf(req, clock());
    const answers = await answerBatch(parsed.data.urls, {
      addressOf: (url) => askedAddress(url, hosts),
      answerOne: async (address) => (await answerOne(address, 'look', identity, req)).body,
      isKnown,
      limit: () => batchLimit(network),
    });
    if (answers.kind === 'too-many') {
      res.set('Retry-After', String(answers.retryAfterSeconds));
      fault(
        res,
        429,
        'too-many-questions',
        `Your network has had ${addressesInBatches.points} addresses looked up at the site: ask again in ${answers.retryAfterSeconds} seconds.`,
      );
      return;
    }
    res.json({ decisions: answers.decisions });
  });

  const unreadable: ErrorRequestHandler = (error: unknown, _req, res, next) => {
    if (statusOf(error) === 413)
      fault(res, 413, 'batch-too-large', `Send at most ${maxUrls} addresses, 1 MB in all.`);
    else if (statusOf(error) < 500) fault(res, 400, 'batch-invalid', 'Send JSON: {"urls": ["/path", …]}.');
    else next(error);
  };
  routes.use('/-/access', unreadable);
  routes.use('/-/access', (_req: Request, res: Response) => {
    fault(res.set('Allow', 'GET, HEAD, POST'), 405, 'method-not-allowed', 'Ask with GET, or POST a batch.');
  });
  return routes;
};

interface Asked {
  readonly url: string;
  readonly purpose: Purpose;
  readonly forwarded: boolean;
}

/**
 * `?url=` looks and charges nothing unless `count=true`; a proxy's question stands for the reader's own request. The
 * proxy's header comes first, since a reader can write a query into the address that is asked about, and one who
 * brings such a header along with the proxy's own would otherwise be answered about another article.
 */
const askedBy = (req: Request, hosts: readonly string[]): Asked | 'ambiguous' | undefined => {
  // A request's own target: two slashes at its start are a path's and no other host's.
  const named = namedIn(req, addressHeaders).map((address) => address.replace(/^\/{2,}/, '/'));
  const originals = named.filter((original) => askedAddress(original, hosts)?.path !== '/-/access');
  const [original] = originals;
  const { url, count } = req.query;
  if (original === undefined) {
    if (Array.isArray(url) || Array.isArray(count)) return 'ambiguous';
    if (typeof url !== 'string') return undefined;
    return { url, purpose: count === 'true' && req.method === 'GET' ? 'read' : 'look', forwarded: false };
  }
  const methods = new Set(namedIn(req, methodHeaders).map((method) => method.toUpperCase()));
  const targets = new Set(originals.map((each) => askedAddress(each, hosts)?.target));
  if (targets.size > 1 || methods.size > 1) return 'ambiguous';
  const [method = req.method] = methods;
  return { url: original, purpose: purposeOf(method, req.headers), forwarded: true };
};

const addressHeaders = ['x-original-url', 'x-original-uri', 'x-forwarded-uri'];
const methodHeaders = ['x-original-method', 'x-forwarded-method'];

/** What a request is said to be; the proxy’s word and the reader’s can’t be told apart where there are two of one name. */
const onceAtMost: ReadonlySet<string> = new Set([
  ...addressHeaders,
  ...methodHeaders,
  ...['x-original-host', 'x-forwarded-host', 'x-forwarded-proto', 'authorization'],
]);

/** Node joins or drops the second of a name, and either way another server may go by the other one. */
const cameTwice = ({ rawHeaders }: Request): boolean => {
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    if (!onceAtMost.has(name)) continue;
    if (seen.has(name)) return true;
    seen.add(name);
  }
  return false;
};

const namedIn = (req: Request, names: readonly string[]): readonly string[] =>
  names.flatMap((name) => req.get(name) ?? []);

/** What can't be known is withheld: a proxy may reach an origin that didn't answer us. */
const forwardedStatus = ({ body }: AccessAnswer): number => {
  switch (body.access) {
    case 'preview':
      return 403;
    case 'unknown':
      return 503;
    default:
      return 200;
  }
};

/** The body parser's own word for what was wrong. */
const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500;

const refusesToken = ({ tokenFault }: Identity, res: Response): boolean => {
  if (!tokenFault) return false;
  res.set('WWW-Authenticate', `Bearer error="invalid_token", error_description="${tokenFault}"`);
  fault(res, 401, tokenFault, 'Sign in again and send the new reader token.');
  return true;
};

const ambiguous = (res: Response): void =>
  fault(
    res,
    400,
    'url-ambiguous',
    'Two headers name two requests, or one came twice: let the proxy overwrite or remove those that it doesn’t set itself.',
  );

const fault = (res: Response, status: number, code: string, detail: string): void => {
  res.status(status).json({ error: { code, detail } });
};
