/** Inviting, changing roles, removing, API tokens; and the line that each of them leaves. */
import { describe, expect, test } from '@jest/globals';
import { auditDays, createAudit } from '../../../src/console/operators/audit.ts';
import type { AuditStore } from '../../../src/console/operators/audit-store.ts';
import { maxTokenDays } from '../../../src/console/operators/manage-tokens.ts';
import type { Operator } from '../../../src/console/operators/operator.ts';
import type { Email } from '../../../src/readers/reader.ts';
import { newAddress, onBothStores } from '../../readers/on-both-stores.ts';
import { day, noon } from '../../readers/support.ts';
import { asOwner, desk, invited, lastLines, owner } from '../site.ts';

const newEmail = (who: string) => newAddress(who) as Email;
const byOwner = { kind: 'operator', email: owner };

onBothStores((stores) => {
  const open = (more: Partial<Parameters<typeof desk>[0]> = {}) => desk({ stores: stores(), ...more });

  describe('inviting', () => {
    test('adds an operator, tells them by mail, and is written to the log', async () => {
      const here = open();
      const email = newEmail('new');
      const outcome = await here.operators.invite({ email, role: 'editor' }, asOwner, noon);
      expect(outcome).toEqual({ kind: 'invited', mailed: true });
      const listed = (await here.operators.list()).find((one) => one.email === email);
      expect(listed).toEqual({ email, role: 'editor', bySettings: false, invitedBy: owner, invitedAt: noon });
      expect(here.mails).toHaveLength(1);
      expect(here.mails[0]).toMatchObject({
        to: email,
        subject: 'You’re invited to the console of Lamplight',
      });
      expect(here.mails[0]?.text).toContain('https://paper.example/-/console');
      expect(here.mails[0]?.text).toContain(`${owner} invited you`);
      expect(await lastLines(here, 1)).toEqual([
        { at: noon, who: byOwner, what: 'invite', about: [email], changed: 'as editor' },
      ]);
    });

    test('holds though the mail fails, and says so', async () => {
      const here = open({ sendMail: () => Promise.reject(new Error('mail is down')) });
      const email = newEmail('new');
      const outcome = await here.operators.invite({ email, role: 'viewer' }, asOwner, noon);
      expect(outcome).toEqual({ kind: 'invited', mailed: false });
      expect(here.faults).toHaveLength(1);
      expect(await stores().operators.operator(email)).toMatchObject({ role: 'viewer' });
    });

    test('nobody twice, and no owner of the settings: neither’s role changes by it', async () => {
      const here = open();
      const email = await invited(here, 'viewer');
      for (const one of [email, owner])
        expect(await here.operators.invite({ email: one, role: 'owner' }, asOwner, noon)).toEqual({
          kind: 'operator-already',
        });
      expect(await stores().operators.operator(email)).toMatchObject({ role: 'viewer' });
      expect(await stores().operators.operator(owner)).toBeUndefined();
    });

    test('of one address by 20 owners at once, on two instances, makes one operator, told of once', async () => {
      const [here, there] = [open(), open()];
      const email = newEmail('wanted');
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (n % 2 ? here : there).operators.invite(
            { email, role: n % 3 ? 'viewer' : 'editor' },
            asOwner,
            noon,
          ),
        ),
      );
      expect(outcomes.filter(({ kind }) => kind === 'invited')).toHaveLength(1);
      expect(here.mails.length + there.mails.length).toBe(1);
      expect((await here.operators.list()).filter((one) => one.email === email)).toHaveLength(1);
    });
  });

  describe('changing a role', () => {
    test('of 20 owners at once, one is told it changed, the others what it is now', async () => {
      const [here, there] = [open(), open()];
      const email = await invited(here, 'viewer');
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, n) => {
          const to = n % 2 ? 'editor' : 'owner';
          return (n % 2 ? here : there).operators.changeRole({ email, from: 'viewer', to }, asOwner, noon);
        }),
      );
      const now = (await stores().operators.operator(email))?.role;
      expect(now).not.toBe('viewer');
      expect(outcomes.filter(({ kind }) => kind === 'changed')).toHaveLength(1);
      const others = outcomes.filter(({ kind }) => kind !== 'changed');
      expect(others).toEqual(Array(19).fill({ kind: 'changed-meanwhile', role: now }));
      const lines = (await lastLines(here, 40)).filter(({ about }) => about.includes(email));
      const nothing = lines.filter(({ changed }) => changed.startsWith('came to nothing'));
      const tried = lines.filter(({ changed }) => changed.startsWith('from viewer'));
      expect(tried.length - nothing.length).toBe(1);
    });

    test('never touches an owner of the settings, nor somebody who isn’t there', async () => {
      const here = open();
      const change = { from: 'owner', to: 'viewer' } as const;
      expect(await here.operators.changeRole({ email: owner, ...change }, asOwner, noon)).toEqual({
        kind: 'owner-by-settings',
      });
      expect(await here.operators.remove(owner, asOwner, noon)).toEqual({ kind: 'owner-by-settings' });
      const nobody = newEmail('nobody');
      expect(await here.operators.changeRole({ email: nobody, ...change }, asOwner, noon)).toEqual({
        kind: 'operator-not-found',
      });
      expect(await here.operators.remove(nobody, asOwner, noon)).toEqual({ kind: 'operator-not-found' });
    });

    test('to what it is changes and writes nothing', async () => {
      const here = open();
      const email = await invited(here, 'editor');
      const before = await lastLines(here, 1);
      const same = { email, from: 'editor', to: 'editor' } as const;
      expect(await here.operators.changeRole(same, asOwner, noon)).toEqual({ kind: 'changed' });
      expect(await lastLines(here, 1)).toEqual(before);
    });
  });

  test('an owner of the settings stays one though invited as less before; the list names each once', async () => {
    const here = open();
    const email = await invited(here, 'viewer');
    const promoted = open({ operators: [email] });
    const listed = (await promoted.operators.list()).filter((one) => one.email === email);
    expect(listed).toEqual([{ email, role: 'owner', bySettings: true }]);
    expect(await promoted.operators.remove(email, asOwner, noon)).toEqual({ kind: 'owner-by-settings' });
  });

  describe('an API token', () => {
    const make = (here: ReturnType<typeof open>, more: object = {}) => {
      const asked = {
        name: newAddress('ci').replace('@', ' '),
        role: 'editor',
        expiresAt: noon + day,
      } as const;
      return here.tokens.make({ ...asked, ...more }, asOwner, noon);
    };

    test('is shown once; the list and the log know it by its name', async () => {
      const here = open();
      const made = await make(here);
      if (made.kind !== 'made') throw new Error(made.kind);
      const { token, listed } = made;
      expect(token).toMatch(/^gfo_[\w-]{43}$/);
      expect((await here.tokens.list()).find(({ id }) => id === listed.id)).toEqual(listed);
      expect(Object.keys(listed).toSorted()).toEqual([
        'createdAt',
        'createdBy',
        'expiresAt',
        'id',
        'name',
        'role',
      ]);
      const until = new Date(noon + day).toISOString().slice(0, 10);
      const [line] = await lastLines(here, 1);
      expect(line).toEqual({
        at: noon,
        who: byOwner,
        what: 'make-token',
        about: [listed.id],
        changed: `${listed.name}: editor until ${until}`,
      });
      for (const shown of [await here.tokens.list(), await lastLines(here, 5)])
        expect(JSON.stringify(shown)).not.toContain(token.slice(4));
      expect(await here.tokens.revoke(listed.id, asOwner, noon)).toEqual({ kind: 'revoked' });
      expect(await here.tokens.revoke(listed.id, asOwner, noon)).toEqual({ kind: 'token-not-found' });
    });

    test.each(['', '  ', 'a\nb', '<b>', 'x'.repeat(61), '\u202eevil', '-', ' - '])(
      'is not named %j',
      async (name) => {
        expect(await make(open(), { name })).toEqual({ kind: 'name-invalid' });
      },
    );

    test.each([noon, noon - 1, noon + maxTokenDays * day + 1, Number.NaN, Infinity, 0.5 + noon])(
      'does not end at %d',
      async (expiresAt) => {
        expect(await make(open(), { expiresAt })).toEqual({ kind: 'expiry-invalid' });
      },
    );

    test('may live for a year', async () => {
      expect(await make(open(), { expiresAt: noon + maxTokenDays * day })).toMatchObject({ kind: 'made' });
    });

    test('leaves its own name in the log, with its maker’s address', async () => {
      const here = open();
      const email = await invited(here, 'viewer');
      const via = { kind: 'token', id: 'i', name: 'deploy' } as const;
      const token = { email: owner, role: 'owner', appointment: 'settings', via } as unknown as Operator;
      await here.operators.remove(email, token, noon);
      expect(await lastLines(here, 1)).toEqual([
        {
          at: noon,
          who: { kind: 'token', name: 'deploy', email: owner },
          what: 'remove-operator',
          about: [email],
          changed: 'was viewer',
        },
      ]);
    });
  });

  describe('the audit log', () => {
    test('comes first: while it can’t be written, nothing is changed', async () => {
      const audit: AuditStore = { ...stores().audit, appendAudit: () => Promise.reject(new Error('full')) };
      const here = open({ stores: { ...stores(), audit } });
      const email = newEmail('unlogged');
      await expect(here.operators.invite({ email, role: 'owner' }, asOwner, noon)).rejects.toThrow('full');
      expect(await stores().operators.operator(email)).toBeUndefined();
      const asked = {
        name: newAddress('ci').replace('@', ' '),
        role: 'owner',
        expiresAt: noon + day,
      } as const;
      await expect(here.tokens.make(asked, asOwner, noon)).rejects.toThrow('full');
      expect((await here.tokens.list()).filter(({ name }) => name === asked.name)).toEqual([]);
    });

    test('says when the work after its line failed or came to nothing, and the failure goes on', async () => {
      const here = open();
      const deed = { who: { kind: 'machine', by: 'command' }, what: 'rollback', changed: 'to 3' } as const;
      const failing = here.audit.carryOut(deed, noon, { run: () => Promise.reject(new Error('no')) });
      await expect(failing).rejects.toThrow('no');
      const work = { run: async () => 'lost', cameToNothing: (result: string) => result === 'lost' };
      expect(await here.audit.carryOut(deed, noon, work)).toBe('lost');
      expect(await here.audit.carryOut(deed, noon, { ...work, run: async () => 'won' })).toBe('won');
      expect((await lastLines(here, 5)).map(({ changed }) => changed)).toEqual([
        'to 3',
        'came to nothing: it stood otherwise by then',
        'to 3',
        'failed, and may be done in part: look how it stands',
        'to 3',
      ]);
    });

    test('takes one line of bounded length from whatever is written', async () => {
      const here = open();
      const changed = `a\r\nb\u2028c ${'x'.repeat(5000)}`;
      const about = ['i\nd', 'y'.repeat(5000), ...Array(50).fill('z')];
      await here.audit.note(
        { who: { kind: 'machine', by: 'schedule' }, what: 'publish', about, changed },
        noon,
      );
      const [line] = await lastLines(here, 1);
      expect(line?.changed).toMatch(/^a b c x+…$/);
      expect(line?.changed).toHaveLength(400);
      expect(line?.about.map(({ length }) => length)).toEqual([3, 200, ...Array(10).fill(1)]);
    });

    test('forgets what is older than its days', async () => {
      const kept: unknown[] = [];
      const store: AuditStore = {
        appendAudit: async (_, keep) => void kept.push(keep),
        auditPage: async () => ({ lines: [] }),
      };
      const who = { kind: 'machine', by: 'command' } as const;
      await createAudit({ store, report: () => {} }).note({ who, what: 'grant', changed: '' }, noon);
      expect(kept).toEqual([{ lines: 50_000, since: noon - auditDays * day }]);
    });
  });
});
