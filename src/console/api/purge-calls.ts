/** The API's call for purging: what has changed at the site is asked for anew, at every instance. */
import { z } from 'zod';
import { purgeIn, purgeRequest } from '../../gate/purge-schema.ts';
import type { SpreadPurges } from '../../gate/spread-purges.ts';
import type { Area } from '../area.ts';
import { type Audit, actorOf } from '../operators/audit.ts';
import { call, ok, problem } from './call.ts';

interface Options {
  readonly purges: Pick<SpreadPurges, 'purge'>;
  readonly hosts: readonly string[];
  readonly audit: Audit;
}

export const purgeArea =
  ({ purges, hosts, audit }: Options): Area =>
  () => ({
    calls: [
      call({
        id: 'purge',
        method: 'post',
        path: '/purge',
        action: 'purge',
        group: 'Site',
        summary:
          'What was kept of these articles is asked of the site anew, here and at every other instance within a second.',
        body: purgeRequest,
        answer: z.strictObject({ purged: z.literal(true) }),
        problems: ['address-foreign'],
        run: async ({ body, operator, now }) => {
          const read = purgeIn(body, hosts);
          if (read.kind === 'foreign') return problem('address-foreign', { address: read.address });
          const { addresses, prefixes, tags, all } = read.purge;
          const named = [...addresses, ...prefixes, ...tags];
          const deed = {
            ...({ who: actorOf(operator), what: 'purge', about: named } as const),
            changed: all ? 'everything that was kept' : `${named.length} addresses, prefixes or tags`,
          };
          await audit.carryOut(deed, now, { run: () => purges.purge(read.purge) });
          return ok({ purged: true } as const);
        },
      }),
    ],
  });
