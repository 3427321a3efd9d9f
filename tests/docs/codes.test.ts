/** That every stable code is explained: reasons, faults, warnings, token faults, figures. */
import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { BillingFaultKind, EventReading } from '../../src/billing/billing.ts';
import type { EventOutcome } from '../../src/billing/receive-event.ts';
import { driftKinds } from '../../src/billing/reconcile-report.ts';
import { problems } from '../../src/console/api/problems.ts';
import { refusals as consoleRefusals } from '../../src/console/shell/refusal.ts';
import type { BadAddress } from '../../src/gate/article-routes.ts';
import type { Reason } from '../../src/gate/decision.ts';
import type { FaultCode } from '../../src/gate/send-fault.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import type { ErrorCode } from '../../src/pages/error-page.tsx';
import { faultCodes, warningCodes } from '../../src/policy/policy-fault.ts';
import type { Identity } from '../../src/readers/identity.ts';
import type { TokenWhy } from '../../src/readers/reader-token.ts';
import { explained, read, root, section, tableRows } from './documents.ts';

/** Lists that only the compiler can hold complete: a member that is missing or unknown doesn't type-check. */
const reasons = Object.keys({
  open: 0,
  subscription: 0,
  pass: 0,
  comp: 0,
  group: 0,
  institution: 0,
  gift: 0,
  staff: 0,
  registered: 0,
  'free-read': 0,
  'already-read': 0,
  degraded: 0,
  'registration-required': 0,
  'meter-exhausted': 0,
  'network-exhausted': 0,
  'meter-off': 0,
  locked: 0,
  prefetch: 0,
  uncuttable: 0,
} satisfies Record<Reason, 0>);

const gateFaults = Object.keys({
  'bad-address': 0,
  'origin-unreachable': 0,
  'origin-timeout': 0,
  'origin-bad-response': 0,
  'origin-too-large': 0,
  unreadable: 0,
  busy: 0,
  'staff-unknown': 0,
  internal: 0,
} satisfies Record<FaultCode, 0>);

const pageCodes = Object.keys({
  'bad-address': 0,
  'checkout-elsewhere': 0,
  'checkout-unknown': 0,
  'not-found': 0,
  'too-many-requests': 0,
  'origin-unreachable': 0,
  'payment-unconfirmed': 0,
  'payments-unavailable': 0,
  unavailable: 0,
  'origin-timeout': 0,
} satisfies Record<ErrorCode, 0>);

const badAddresses = Object.keys({
  'too-long': 0,
  asterisk: 0,
  'not-a-path': 0,
  control: 0,
  backslash: 0,
  'encoded-slash': 0,
  semicolon: 0,
  fragment: 0,
  percent: 0,
  'double-encoding': 0,
  'not-utf-8': 0,
  'own-token': 0,
} satisfies Record<BadAddress, 0>);

const tokenWhys = Object.keys({
  'too-long': 0,
  'not-a-token': 0,
  'not-canonical': 0,
  'not-json': 0,
  'duplicate-member': 0,
  'header-member': 0,
  'wrong-type': 0,
  'unknown-key': 0,
  'wrong-algorithm': 0,
  'bad-signature': 0,
  'wrong-issuer': 0,
  'wrong-audience': 0,
  'claim-subject': 0,
  'claim-device': 0,
  'claim-issued': 0,
  'claim-expiry': 0,
  'claim-entitlements': 0,
  'not-yet-valid': 0,
} satisfies Record<TokenWhy, 0>);

const tokenFaults = Object.keys({
  'token-expired': 0,
  'token-invalid': 0,
  'device-signed-out': 0,
} satisfies Record<NonNullable<Identity['tokenFault']>, 0>);

const refusals = Object.keys({
  'no-signature': 0,
  'bad-signature': 0,
  'too-old': 0,
  'not-json': 0,
  'not-an-event': 0,
  'thin-event': 0,
  'wrong-mode': 0,
  'other-account': 0,
} satisfies Record<Extract<EventReading, { kind: 'refused' }>['why'], 0>);

const ignored = Object.keys({
  type: 0,
  'no-customer': 0,
  'not-linked': 0,
  'unknown-customer': 0,
} satisfies Record<Extract<EventOutcome, { kind: 'ignored' }>['why'], 0>).map((why) => `ignored-${why}`);

/** Those that the route itself gives; the other two lists are made from what it is told. */
const answers = [...read('src/billing/webhook-routes.ts').matchAll(/\bcode: ([^\n]+)/g)].flatMap(
  ([, expression = '']) =>
    [...expression.replace(/^[^?]*\?/, '').matchAll(/'([a-z-]+)'/g)].map(([, code = '']) => code),
);

const stripeFaults = Object.keys({
  unreachable: 0,
  'stripe-down': 0,
  'rate-limited': 0,
  'not-allowed': 0,
  refused: 0,
  nonsense: 0,
} satisfies Record<BillingFaultKind, 0>);

const accessCodes = [
  ...read('src/gate/access-routes.ts').matchAll(
    /\bfault\(\s*(?:res|res\.set\([^)]*\)),\s*\d+,\s*'([a-z-]+)'/g,
  ),
].map(([, code = '']) => code);

const sorted = (codes: readonly string[]): readonly string[] => [...new Set(codes)].sort();
const inErrors = (heading: string): readonly string[] =>
  sorted(explained(section('docs/errors.md', heading)));

test('docs/errors.md explains every decision reason, and none that there isn’t', () => {
  expect(inErrors('Decision reasons')).toEqual(sorted(reasons));
});

test('docs/errors.md explains every fault that a page can have', () => {
  expect(inErrors('Pages that couldn’t be served')).toEqual(
    sorted([...gateFaults, ...pageCodes, ...badAddresses]),
  );
});

test('docs/errors.md explains the code of withheld documents', () => {
  const [code] = /code: '([a-z-]+)'/.exec(read('src/gate/withheld-document.ts'))?.slice(1) ?? [];
  expect(section('docs/errors.md', 'Articles withheld from programs')).toContain(`\`${code}\``);
});

test('docs/errors.md explains every answer of the webhook', () => {
  expect(sorted(answers)).toHaveLength(8);
  expect(inErrors('Webhook')).toEqual(sorted([...answers, ...refusals, ...ignored]));
});

test('docs/errors.md explains why Stripe can’t be asked, and every kind of drift', () => {
  expect(inErrors('Faults of Stripe’s')).toEqual(sorted(stripeFaults));
  expect(inErrors('Drift')).toEqual(sorted(driftKinds));
});

test('every line of the log that docs/operations.md explains is one that Gatefold writes', () => {
  const lines = explained(section('docs/operations.md', 'The log'));
  const source = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => read(`src/${file}`))
    .join('\n');
  const isWritten = (line: string): boolean =>
    line.split('…').every((part) => part.length < 4 || source.includes(part.trim()));
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => !isWritten(line))).toEqual([]);
});

test('docs/operations.md explains every kind of drift', () => {
  const documented = explained(section('docs/operations.md', 'Reconcile'));
  for (const kind of driftKinds) expect(documented).toContain(kind);
});

test('docs/errors.md explains every code of the access API', () => {
  expect(accessCodes.length).toBeGreaterThan(3);
  expect(inErrors('Access API')).toEqual(sorted([...accessCodes, ...tokenFaults]));
});

test('docs/errors.md explains why a token is refused', () => {
  expect(inErrors('Reader tokens')).toEqual(sorted(tokenWhys));
});

test('docs/errors.md explains every fault and warning of a policy', () => {
  expect(inErrors('Policy faults')).toEqual(sorted(faultCodes));
  expect(inErrors('Policy warnings')).toEqual(sorted(warningCodes));
});

test('docs/operations.md explains every figure', async () => {
  const text = await createMetrics().text();
  const names = [...text.matchAll(/^# TYPE (gatefold_\w+)/gm)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(3);
  expect(sorted(explained(section('docs/operations.md', 'Figures')))).toEqual(sorted(names));
});

/** Codes with their statuses. */
const withStatus = (heading: string): readonly string[] =>
  tableRows(section('docs/errors.md', heading))
    .map(([code = '', status = '']) => `${code} ${status}`)
    .sort();
const asAnswered = (codes: Readonly<Record<string, { readonly status: number }>>): readonly string[] =>
  Object.entries(codes)
    .map(([code, { status }]) => `\`${code}\` ${status}`)
    .sort();

test('docs/errors.md explains every refusal of the console’s door and of the management API, with its status', () => {
  expect(withStatus('Console')).toEqual(asAnswered(consoleRefusals));
  expect(withStatus('Management API')).toEqual(asAnswered(problems));
  const words = tableRows(section('docs/errors.md', 'Management API')).map(([code, , detail]) => [
    code,
    detail,
  ]);
  const answered = Object.entries(problems).map(([code, { detail }]) => [`\`${code}\``, detail]);
  expect(Object.fromEntries(words)).toEqual(Object.fromEntries(answered));
});
