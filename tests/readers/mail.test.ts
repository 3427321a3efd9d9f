import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import PostalMime from 'postal-mime';
import request from 'supertest';
import { randomText } from '../../src/ops/random.ts';
import { createMailOutbox } from '../../src/readers/mail-outbox.ts';
import { mailOutboxRoutes } from '../../src/readers/mail-outbox-routes.ts';
import type { Mail } from '../../src/readers/mail-sender.ts';
import { createSmtpMail } from '../../src/readers/mail-smtp.ts';
import type { Email } from '../../src/readers/reader.ts';
import { mailServer } from './mail-server.ts';
import { noon, temporaryFolder } from './support.ts';

const mail: Mail = {
  to: 'ada@example.com' as Email,
  subject: 'Anmelden bei „Lamplight“',
  text: 'Öffnen:\n\nhttps://paper.example/-/sign-in/link?link=abc\n',
  html: '<p>Öffnen: <a href="https://paper.example/-/sign-in/link?link=abc">hier</a></p>',
};

describe('mail by SMTP', () => {
  test('arrives whole, from the publisher, at its one reader', async () => {
    const server = await mailServer();
    const smtp = createSmtpMail({ smtpUrl: server.url, mailFrom: 'Lamplight <post@paper.example>' });
    await smtp.send(mail);
    smtp.close();
    await server.close();
    expect(server.got).toMatchObject([{ to: [mail.to], from: 'post@paper.example' }]);
    const read = await PostalMime.parse(server.got[0]?.raw ?? '');
    expect(read).toMatchObject({
      subject: mail.subject,
      from: { name: 'Lamplight', address: 'post@paper.example' },
      to: [{ address: mail.to }],
    });
    expect(read.text?.trim()).toBe(mail.text.trim());
    expect(read.html?.trim()).toBe(mail.html);
    expect(read.headers).toContainEqual(
      expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
    );
  });

  test('reaches no second reader, whatever the address holds', async () => {
    const server = await mailServer();
    const smtp = createSmtpMail({ smtpUrl: server.url, mailFrom: 'post@paper.example' });
    const to = 'ada@example.com, eve@example.com' as Email;
    await smtp.send({ ...mail, to }).catch(() => undefined);
    smtp.close();
    await server.close();
    expect(server.got.flatMap((one) => one.to)).not.toContain('eve@example.com');
  });

  test('that the server refuses, or that no server takes, is told', async () => {
    const refusing = await mailServer({
      onRcptTo: (_address, _session, done) => done(new Error('no such mailbox')),
    });
    const smtp = createSmtpMail({ smtpUrl: refusing.url, mailFrom: 'post@paper.example' });
    await expect(smtp.send(mail)).rejects.toThrow(/no such mailbox/);
    await refusing.close();
    await expect(smtp.send(mail)).rejects.toThrow();
    smtp.close();
  });
});

describe('the sandbox’s outbox', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  const outboxAt = (time: { now: number }, maxMails = 200) =>
    createMailOutbox({
      directory: join(folder.path, 'outbox'),
      mailFrom: 'post@paper.example',
      clock: () => time.now,
      random: randomText,
      maxMails,
    });

  test('keeps each mail as a message that any mail program opens, readable by its owner alone', async () => {
    await outboxAt({ now: noon }).send(mail);
    const directory = join(folder.path, 'outbox');
    const [file = ''] = readdirSync(directory).filter((name) => name.endsWith('.eml'));
    const read = await PostalMime.parse(readFileSync(join(directory, file)));
    expect(read).toMatchObject({ subject: mail.subject, to: [{ address: mail.to }] });
    for (const name of readdirSync(directory))
      expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  test('lists the newest first, after a restart too, and keeps no more than it should', async () => {
    const time = { now: noon };
    const outbox = outboxAt(time, 3);
    expect(await outbox.newest(5)).toEqual([]);
    for (const subject of ['one', 'two', 'three', 'four']) {
      time.now += 1;
      await outbox.send({ ...mail, subject });
    }
    const subjects = (await outboxAt(time).newest(2)).map((kept) => kept.subject);
    expect(subjects).toEqual(['four', 'three']);
    expect(readdirSync(join(folder.path, 'outbox'))).toHaveLength(6);
  });

  test('passes over what isn’t a mail of its own', async () => {
    const outbox = outboxAt({ now: noon });
    const directory = join(folder.path, 'outbox');
    mkdirSync(directory);
    writeFileSync(join(directory, `${'0'.repeat(15)}-half.json`), '{"to":');
    writeFileSync(join(directory, 'notes.txt'), 'x');
    expect(await outbox.newest(5)).toEqual([]);
  });

  describe('as a page', () => {
    const app = () => express().use(mailOutboxRoutes(outboxAt({ now: noon })));

    test('shows mails with their links to follow, and their text as text', async () => {
      await outboxAt({ now: noon }).send({ ...mail, subject: '<script>alert(1)</script>' });
      const { status, text, headers } = await request(app()).get('/-/outbox');
      expect(status).toBe(200);
      expect(text).toContain('<a href="https://paper.example/-/sign-in/link?link=abc">');
      expect(text).not.toContain('<script>');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    });

    test.each([
      ['a proxy', { 'X-Forwarded-For': '203.0.113.7' }],
      ['a proxy of the newer kind', { Forwarded: 'for=203.0.113.7' }],
      ['a page that bound its name to this address', { Host: 'evil.example' }],
      ['a name that begins like ours', { Host: 'localhost.evil.example' }],
    ])('is not there for whoever comes through %s', async (_, headers) => {
      await outboxAt({ now: noon }).send(mail);
      const answer = await request(app()).get('/-/outbox').set(headers);
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain('sign-in');
    });
  });
});
