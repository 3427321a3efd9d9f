/** One ready form of one article: body, validator and headers made once, sent many times. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { HeaderPairs } from '../origin/origin.ts';
import type { Coding } from './accepted-encoding.ts';

export interface Variant {
  readonly status: number;
  readonly body: Buffer;
  readonly etag: string;
  /** Name, value, name, value …: what `writeHead` takes without building an object. */
  readonly headers: readonly string[];
}

export interface VariantHead {
  readonly status: number;
  /** The origin's headers that may be passed on with this form. */
  readonly carried: HeaderPairs;
  readonly contentType: string;
  /** Undefined: other headers say all. */
  readonly cacheControl: string | undefined;
  readonly vary: string;
}

export interface VariantParts extends VariantHead {
  readonly content: string | Buffer;
  readonly coding: Coding;
}

/** What takes long to make, whatever is said above it. */
export interface EncodedContent {
  readonly body: Buffer;
  readonly etag: string;
  readonly coding: Coding;
}

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

/**
 * The validator is a hash of the very bytes that are sent, so a preview, a full text and each coding of either never
 * share one, and a conditional request can't turn one into a 304 of another.
 */
export const encodeContent = async (content: string | Buffer, coding: Coding): Promise<EncodedContent> => {
  const body = await encode(typeof content === 'string' ? Buffer.from(content) : content, coding);
  const etag = `"gf-${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, etag, coding };
};

export const variantOf = ({ body, etag, coding }: EncodedContent, head: VariantHead): Variant => {
  const headers = head.carried.flat();
  headers.push('Content-Type', head.contentType, 'ETag', etag);
  if (head.cacheControl !== undefined) headers.push('Cache-Control', head.cacheControl);
  headers.push('Vary', head.vary, 'Content-Length', String(body.length));
  // A preview that a browser takes for another type than the one that was cut would show what that type hides.
  headers.push('X-Content-Type-Options', 'nosniff');
  if (coding !== 'identity') headers.push('Content-Encoding', coding);
  return { status: head.status, body, etag, headers };
};

export const buildVariant = async ({ content, coding, ...head }: VariantParts): Promise<Variant> =>
  variantOf(await encodeContent(content, coding), head);

const encode = async (plain: Buffer, coding: Coding): Promise<Buffer> => {
  switch (coding) {
    case 'identity':
      return plain;
    case 'gzip':
      return gzipAsync(plain, { level: 6 });
    case 'br':
      // Quality 4 costs about what gzip does; 11 would take a quarter of a second on a long article.
      return brotliAsync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    default:
      return coding satisfies never;
  }
};
