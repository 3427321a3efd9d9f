/** A browser that paid: signed in as a reader whose address nobody has proved yet. */
import type { IncomingMessage } from 'node:http';
import type { ReaderId } from './reader.ts';
import type { SignInContext } from './sign-in-context.ts';

type Sources = Pick<SignInContext, 'identityOf' | 'store'>;

/** The reader without an address that the browser is signed in as, if it is. */
export async function unprovedReader(
  sources: Sources,
  request: IncomingMessage,
  now: number,
): Promise<ReaderId | undefined> {
  const { asker, bearer } = await sources.identityOf(request, now);
  if (!asker.reader || bearer) return undefined;
  return (await isUnproved(sources, asker.reader.id)) ? asker.reader.id : undefined;
}

export const isUnproved = async ({ store }: Pick<Sources, 'store'>, id: ReaderId): Promise<boolean> => {
  const record = await store.byId(id);
  return record !== undefined && record.email === undefined;
};
