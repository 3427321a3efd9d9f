/** Opens the origin that the settings name. */
import type { Clock } from '../ops/clock.ts';
import type { Log } from '../ops/log.ts';
import type { OriginAddresses } from '../origin/addresses.ts';
import type { ExcerptOf } from '../origin/folder/answer-request.ts';
import { type ContentFolder, createContentFolder } from '../origin/folder/content-folder.ts';
import { createHttpOrigin } from '../origin/http-origin.ts';
import type { Origin } from '../origin/origin.ts';
import { readingMinutes } from '../preview/reading-minutes.ts';
import type { Settings } from '../settings.ts';

export interface OpenedOrigin {
  readonly kind: Settings['origin']['kind'];
  readonly origin: Origin;
  /** Where it is, as its own pages would name it. */
  readonly url: string;
  readonly addresses: OriginAddresses;
  /** Present when the origin is a folder that we make a site of. */
  readonly folder?: ContentFolder;
}

interface Options {
  readonly settings: Pick<Settings, 'origin' | 'publicUrl'>;
  readonly excerptOf: ExcerptOf;
  readonly watch: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** @throws Error when the folder can't be read. */
export const openOrigin = async ({
  settings,
  excerptOf,
  watch,
  clock,
  log,
}: Options): Promise<OpenedOrigin> => {
  const { origin, publicUrl } = settings;
  const itself = { originUrl: publicUrl, publicUrl };
  if (origin.kind === 'host') return { kind: 'host', origin: nowhere, url: publicUrl, addresses: itself };
  if (origin.kind === 'http')
    return {
      kind: 'http',
      origin: createHttpOrigin({ url: origin.url }),
      url: origin.url,
      addresses: { originUrl: origin.url, publicUrl, preserveHost: origin.preserveHost },
    };
  const folder = createContentFolder({
    directory: origin.directory,
    siteUrl: publicUrl,
    readingMinutes,
    excerptOf,
    watch,
    clock,
    log,
  });
  await folder.ready();
  return { kind: 'folder', origin: folder, url: publicUrl, addresses: itself, folder };
};

/** A host app answers the requests that it gets; there is no asking it for anything else. */
const nowhere: Origin = {
  ask: (_request, receiver) => {
    let asked = true;
    queueMicrotask(() => {
      if (asked) receiver.fail('unreachable', 'a host application can only be asked by its own requests');
    });
    return {
      resume: () => undefined,
      abort: () => {
        asked = false;
      },
    };
  },
  close: async () => undefined,
};
