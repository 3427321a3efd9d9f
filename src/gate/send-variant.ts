/** Sends a ready variant, or says that the client already has it. */

import type { IncomingMessage } from 'node:http';
import type { ClientResponse } from '../origin/client-response.ts';
import type { Variant } from './variant.ts';

/** `extra`: further headers for this response alone, name, value, name, value. */
export const sendVariant = (
  req: IncomingMessage,
  res: ClientResponse,
  variant: Variant,
  extra: readonly string[],
): void => {
  if (isKnownTo(req, variant)) {
    res.writeHead(304, notModifiedHeaders(variant.headers).concat(extra));
    res.end();
    return;
  }
  res.writeHead(variant.status, variant.headers.concat(extra));
  if (req.method === 'HEAD') res.end();
  else res.end(variant.body);
};

/** True when the client names this very variant as one that it holds. */
export const isKnownTo = (req: IncomingMessage, variant: Variant): boolean =>
  variant.status === 200 && matches(req.headers['if-none-match'], variant.etag);

/**
 * RFC 9110, 13.1.2, weak comparison. Only our own validators can match: a list of the origin's, a date, or `*` (which
 * asks whether anything is there, and would answer 304 to a client that holds another reader's form) never do.
 */
const matches = (header: string | undefined, etag: string): boolean => {
  if (!header) return false;
  return header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
};

const notModifiedHeaders = (headers: readonly string[]): string[] => {
  const kept: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (!/^content-(length|type|encoding)$/i.test(name)) kept.push(name, headers[index + 1] ?? '');
  }
  return kept;
};
