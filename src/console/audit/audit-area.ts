/** What operators changed: its page, its download and its call. */
import type { Area } from '../area.ts';
import type { AuditStore } from '../operators/audit-store.ts';
import { auditCalls } from './audit-calls.ts';
import { auditRoutes } from './audit-routes.ts';

interface AuditOptions {
  readonly auditStore: Pick<AuditStore, 'auditPage'>;
}

export const auditArea =
  ({ auditStore }: AuditOptions): Area =>
  (shared) => ({
    pages: auditRoutes({ ...shared, store: auditStore }),
    calls: auditCalls({ auditStore }),
  });
