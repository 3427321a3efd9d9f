/** Pending sign-ins in SQLite: each is taken once. */
import type { Email } from '../../readers/reader.ts';
import type { PendingSignIn, ReaderStore } from '../../readers/reader-store.ts';
import type { Database } from './database.ts';

type SignIns = Pick<ReaderStore, 'putSignIn' | 'takeSignInByLink' | 'takeSignInByCode'>;

export function sqliteSignIns(database: Database): SignIns {
  const put = database.prepare(`
    INSERT INTO sign_ins (request_id, link_hash, code_hash, email, return_to, expires_at) VALUES (?, ?, ?, ?, ?, ?)`);
  const takeByLink = database.prepare<SignInRow>('DELETE FROM sign_ins WHERE link_hash = ? RETURNING *');
  const takeByCode = database.prepare<SignInRow>(
    'DELETE FROM sign_ins WHERE request_id = ? AND code_hash = ? RETURNING *',
  );
  const countWrongCode = database.prepare(
    'UPDATE sign_ins SET wrong_codes = wrong_codes + 1 WHERE request_id = ?',
  );
  const dropAfterWrongCodes = database.prepare(
    'DELETE FROM sign_ins WHERE request_id = ? AND wrong_codes >= ?',
  );
  const dropExpired = database.prepare('DELETE FROM sign_ins WHERE expires_at <= ?');

  return {
    putSignIn: async ({ requestId, linkHash, codeHash, email, returnTo, expiresAt }) => {
      put.run(requestId, linkHash, codeHash, email, returnTo, expiresAt);
    },
    takeSignInByLink: async (linkHash, now) =>
      database.transaction('write', () => {
        dropExpired.run(now);
        return signInFrom(takeByLink.get(linkHash));
      }),
    takeSignInByCode: async (requestId, codeHash, maxTries, now) =>
      database.transaction('write', () => {
        dropExpired.run(now);
        const taken = signInFrom(takeByCode.get(requestId, codeHash));
        if (taken) return taken;
        countWrongCode.run(requestId);
        dropAfterWrongCodes.run(requestId, maxTries);
        return undefined;
      }),
  };
}

interface SignInRow {
  readonly request_id: string;
  readonly link_hash: string;
  readonly code_hash: string;
  readonly email: string;
  readonly return_to: string;
  readonly expires_at: number;
}

const signInFrom = (row: SignInRow | undefined): PendingSignIn | undefined =>
  row && {
    requestId: row.request_id,
    linkHash: row.link_hash,
    codeHash: row.code_hash,
    email: row.email as Email,
    returnTo: row.return_to,
    expiresAt: row.expires_at,
  };
