/** A response before it is pushed: its status, its headers, and bytes in memory or a stretch of a file. */
import { createHash } from 'node:crypto';
import type { HeaderPairs } from '../origin.ts';

export interface FileStretch {
  readonly path: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface Answer {
  readonly status: number;
  /** Without `Content-Length`, which follows from the body. */
  readonly headers: HeaderPairs;
  readonly body: Buffer | FileStretch;
}

/** A whole text with its own ETag. */
export const textAnswer = (status: number, type: string, text: string, more: HeaderPairs = []): Answer => {
  const body = Buffer.from(text, 'utf8');
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers: HeaderPairs = [
    ['Content-Type', type],
    ['ETag', etag],
    ['X-Content-Type-Options', 'nosniff'],
    ...more,
  ];
  return { status, headers, body };
};

export const emptyAnswer = (status: number, headers: HeaderPairs = []): Answer => ({
  status,
  headers,
  body: Buffer.alloc(0),
});

export const headerOf = (headers: HeaderPairs, name: string): string | undefined =>
  headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];

/** `If-None-Match` by weak comparison, as RFC 9110 asks for GET. */
export const isUnchanged = (ifNoneMatch: string | undefined, etag: string | undefined): boolean => {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((tag) => bare(tag) === bare(etag));
};

/** The same answer as a 304: its validators and freshness, no body. */
export const unchangedAnswer = (answer: Answer): Answer =>
  emptyAnswer(
    304,
    answer.headers.filter(([name]) => /^(etag|cache-control|last-modified|vary)$/i.test(name)),
  );
