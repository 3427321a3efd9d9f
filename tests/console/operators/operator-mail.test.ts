/** The console's mail through a real mail server: what arrives signs in, and reaches nobody else. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import PostalMime from 'postal-mime';
import { createSmtpMail, type SmtpMail } from '../../../src/readers/mail-smtp.ts';
import type { Email } from '../../../src/readers/reader.ts';
import { openStores, type Stores } from '../../../src/stores/open-stores.ts';
import { mailServer } from '../../readers/mail-server.ts';
import { noon } from '../../readers/support.ts';
import { until } from '../../support/until.ts';
import { asOwner, desk, mailedTo, operatorBrowser, owner } from '../site.ts';

let [directory, stores, server, smtp] = [] as unknown as [
  string,
  Stores,
  Awaited<ReturnType<typeof mailServer>>,
  SmtpMail,
];
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatefold-console-'));
  stores = await openStores({ dataDir: directory, warn: () => {} });
});
afterAll(async () => {
  await stores.close();
  rmSync(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  server = await mailServer();
  smtp = createSmtpMail({ smtpUrl: server.url, mailFrom: 'Lamplight <post@paper.example>' });
});
afterEach(async () => {
  smtp.close();
  await server.close();
});

test('an operator’s link and code arrive, and sign in; nobody else is mailed', async () => {
  const here = desk({ stores, sendMail: smtp.send });
  const browser = operatorBrowser(here.app);
  const stranger = 'stranger@example.com';
  await browser.post('/-/console/sign-in', { email: stranger });
  await browser.post('/-/console/sign-in', { email: owner });
  await until(() => server.got.length > 0, 'the mail');
  expect(server.got.map(({ to }) => to)).toEqual([[owner]]);
  const read = await PostalMime.parse(server.got[0]?.raw ?? '');
  expect(read.subject).toBe('Sign in to the console of Lamplight');
  expect(read.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted' }));
  const { link, code } = mailedTo({ to: owner, subject: '', text: read.text ?? '', html: '' });
  expect(read.html).toContain(link);
  expect((await browser.post('/-/console/sign-in/code', { code })).status).toBe(303);
  expect((await browser.get('/-/console')).text).toContain(`${owner} owner`);
  expect((await operatorBrowser(here.app).post('/-/console/sign-in/link', { link })).status).toBe(410);
});

test('an invitation arrives with the console’s address and no secret', async () => {
  const here = desk({ stores, sendMail: smtp.send });
  const email = 'invited@desk.example' as Email;
  await here.operators.invite({ email, role: 'editor' }, asOwner, noon);
  expect(server.got.map(({ to }) => to)).toEqual([[email]]);
  const read = await PostalMime.parse(server.got[0]?.raw ?? '');
  expect(read).toMatchObject({
    subject: 'You’re invited to the console of Lamplight',
    to: [{ address: email }],
  });
  expect(read.text).toContain('https://paper.example/-/console\n');
  expect(read.html).toContain('href="https://paper.example/-/console"');
  const { appointment } = (await stores.operators.operator(email))!;
  expect(server.got[0]?.raw).not.toContain(appointment);
});

test('a line of the log can’t be changed in its file', async () => {
  const { connectSqlite } = await import('../../../src/stores/sqlite/database.ts');
  const here = desk({ stores, sendMail: smtp.send });
  await here.audit.note({ who: { kind: 'machine', by: 'command' }, what: 'grant', changed: 'x' }, noon);
  const database = connectSqlite(join(directory, 'gatefold.db'), 1000);
  expect(() => database.exec("UPDATE audit_log SET line = '{}'")).toThrow('never changed');
  database.close();
});
