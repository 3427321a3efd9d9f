/** An operator's browser at a whole gateway's console, and a program with an API token. */
import { credentialOf, secretBytes } from '../../src/console/operators/credential.ts';
import type { Role } from '../../src/console/operators/may.ts';
import type { ApiTokenId, Appointment, OperatorDeviceId } from '../../src/console/operators/operator.ts';
import type { Gateway } from '../../src/gateway.ts';
import { randomText } from '../../src/ops/random.ts';
import type { Email } from '../../src/readers/reader.ts';
import { checkAnswer } from './checked-answer.ts';
import { type Answer, ask } from './raw-client.ts';

interface Site {
  readonly consoleUrl: string;
  readonly gateway: Pick<Gateway, 'stores'> & Partial<Pick<Gateway, 'console'>>;
  readonly time: { readonly now: number };
}

export interface OperatorBrowser {
  readonly email: Email;
  /** For Chromium: `context.addCookies([{ name: 'gf_operator', value: secret, url: consoleUrl }])`. */
  readonly secret: string;
  get(path: string): Promise<Answer>;
  /** A form, as our own page sends it. A value that is a list is sent as often as it is long. */
  post(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Promise<Answer>;
  /** As script on our own page calls the management API. @param path below `/-/console/api/v1` */
  api(method: string, path: string, body?: unknown): Promise<ApiAnswer>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Answer['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every kind
  readonly body: any;
  readonly text: string;
}

let count = 0;

/** Somebody whom an owner invited in that role, signed in. */
export const operatorAt = async (site: Site, role: Role = 'owner'): Promise<OperatorBrowser> => {
  count += 1;
  const now = site.time.now;
  const email = `${role}-${count}-${process.pid}@desk.example` as Email;
  const appointment = randomText(12) as Appointment;
  const { operators } = site.gateway.stores;
  await operators.addOperator({ email, role, appointment, invitedBy: email, invitedAt: now });
  const secret = randomText(secretBytes);
  const { id, hash } = credentialOf(secret);
  await operators.putOperatorDevice({
    id: id as OperatorDeviceId,
    hash,
    email,
    appointment,
    label: 'test',
    createdAt: now,
    expiresAt: now + 8 * 3_600_000,
    lastSeenAt: now,
  });
  const cookie = { Cookie: `gf_operator=${secret}` };
  const own = { ...cookie, Origin: site.consoleUrl, 'Sec-Fetch-Site': 'same-origin' };
  return {
    email,
    secret,
    get: (path) => ask(site.consoleUrl, path, { headers: { ...cookie, Accept: 'text/html' } }),
    post: (path, fields = {}) =>
      ask(site.consoleUrl, path, {
        method: 'POST',
        headers: { ...own, Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded' },
        body: formBody(fields),
      }),
    api: (method, path, body) => callApi(site, own, method, path, body),
  };
};

/** A program with a token of that role. */
export const programAt = async (site: Site, role: Role = 'owner') => {
  count += 1;
  const now = site.time.now;
  const appointment = randomText(12) as Appointment;
  const email = `maker-${count}-${process.pid}@desk.example` as Email;
  const { operators } = site.gateway.stores;
  await operators.addOperator({ email, role: 'owner', appointment, invitedBy: email, invitedAt: now });
  const token = `gfo_${randomText(secretBytes)}`;
  const { id, hash } = credentialOf(token);
  await operators.putApiToken({
    id: id as ApiTokenId,
    hash,
    name: `program ${count} ${process.pid}`,
    role,
    createdBy: email,
    appointment,
    createdAt: now,
    expiresAt: now + 86_400_000,
  });
  const headers = { Authorization: `Bearer ${token}` };
  return {
    token,
    api: (method: string, path: string, body?: unknown) => callApi(site, headers, method, path, body),
  };
};

const callApi = async (
  site: Site,
  headers: Readonly<Record<string, string>>,
  method: string,
  path: string,
  body: unknown,
): Promise<ApiAnswer> => {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const answer = await ask(site.consoleUrl, `/-/console/api/v1${path}`, {
    method,
    headers: { ...headers, ...(text === undefined ? {} : jsonOf(text)) },
    ...(text === undefined ? {} : { body: text }),
  });
  const isJson = String(answer.headers['content-type']).includes('json') && answer.text !== '';
  const told = {
    status: answer.status,
    headers: answer.headers,
    text: answer.text,
    body: isJson ? JSON.parse(answer.text) : undefined,
  };
  if (site.gateway.console && method.toUpperCase() !== 'HEAD')
    checkAnswer(site.gateway.console.calls, method, path, told);
  return told;
};

/** With its length: nothing else tells of a DELETE's body. */
export const jsonOf = (text: string) => ({
  'Content-Type': 'application/json',
  'Content-Length': String(Buffer.byteLength(text)),
});

const formBody = (fields: Readonly<Record<string, string | readonly string[]>>): string => {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((each) => [name, each]),
  );
  return new URLSearchParams(pairs).toString();
};
