/** API tokens in SQLite, known by the hash of what was shown once. */
import type { Role } from '../../console/operators/may.ts';
import type { ApiToken, ApiTokenId, Appointment } from '../../console/operators/operator.ts';
import type { ApiTokens } from '../../console/operators/operator-store.ts';
import type { Email } from '../../readers/reader.ts';
import type { Database } from './database.ts';

export function sqliteApiTokens(database: Database): ApiTokens {
  const put = database.prepare(`
    INSERT INTO api_tokens (id, hash, name, role, created_by, appointment, created_at, expires_at, last_used_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  const one = database.prepare<TokenRow>('SELECT * FROM api_tokens WHERE id = ?');
  const all = database.prepare<TokenRow>('SELECT * FROM api_tokens ORDER BY created_at DESC, id');
  const noteUsed = database.prepare(
    'UPDATE api_tokens SET last_used_at = max(coalesce(last_used_at, 0), ?) WHERE id = ?',
  );
  const remove = database.prepare<TokenRow>('DELETE FROM api_tokens WHERE id = ? RETURNING *');

  return {
    putApiToken: async ({ id, hash, name, role, createdBy, appointment, createdAt, expiresAt, lastUsedAt }) =>
      put.run(id, hash, name, role, createdBy, appointment, createdAt, expiresAt, lastUsedAt ?? null)
        .changes > 0,
    apiToken: async (id) => tokenFrom(one.get(id)),
    apiTokens: async () => all.all().flatMap((row) => tokenFrom(row) ?? []),
    noteApiTokenUsed: async (id, at) => void noteUsed.run(at, id),
    removeApiToken: async (id) => tokenFrom(remove.get(id)),
  };
}

interface TokenRow {
  readonly id: string;
  readonly hash: string;
  readonly name: string;
  readonly role: string;
  readonly created_by: string;
  readonly appointment: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly last_used_at: number | null;
}

const tokenFrom = (row: TokenRow | undefined): ApiToken | undefined =>
  row && {
    id: row.id as ApiTokenId,
    hash: row.hash,
    name: row.name,
    role: row.role as Role,
    createdBy: row.created_by as Email,
    appointment: row.appointment as Appointment,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
  };
