/** Sends a table as a file, a piece at a time. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface CsvFile {
  readonly name: string;
  readonly chunks: AsyncGenerator<string>;
  /** Told of a download that broke off. */
  readonly report: (error: unknown) => void;
}

/** Rejects, with nothing sent, where the table can't be begun. */
export const sendCsv = async (
  request: IncomingMessage,
  response: ServerResponse,
  { name, chunks, report }: CsvFile,
): Promise<void> => {
  const isHead = request.method === 'HEAD';
  // The head, and the first lines, for which something is asked.
  const asked = isHead ? [] : [await chunks.next(), await chunks.next()];
  const begun = asked.flatMap(({ done, value }) => (done ? [] : [value]));
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (isHead) {
    response.end();
    return;
  }
  try {
    await pipeline(Readable.from(whole(begun, chunks)), response);
  } catch (error) {
    // The answer has begun: it breaks off, so that half a table isn't taken for a whole one.
    if (!isClosedByClient(error)) report(error);
  }
};

/** What was read before the answer began, so that a store that is down is told as such; then the rest. */
async function* whole(
  begun: readonly string[],
  rest: AsyncGenerator<string>,
): AsyncGenerator<string, void, undefined> {
  yield* begun;
  yield* rest;
}

const isClosedByClient = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
