/** A body without its content codings, bounded against bodies that unfold without end. */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

export interface DecodeOptions {
  /** Of each coding's result. */
  readonly maxBytes: number;
}

/**
 * `contentEncoding` is the header as sent ('' or undefined: none), codings in the order they were applied. What is no coding at all,
 * such as `UTF-8`, is passed over, as browsers do. `undecodable`: a coding that others know and this doesn't (zstd), more than three of them, or bytes that aren't what they say, cut short included. `too-large`: over
 * `maxBytes`, or over 1 MiB and 200 times what came in, which text never is.
 */
export async function decodeBody(
  body: Buffer,
  contentEncoding: string | undefined,
  { maxBytes }: DecodeOptions,
): Promise<Buffer | 'undecodable' | 'too-large'> {
  const applied = codingsIn(contentEncoding);
  if (applied.length > MAX_CODINGS) return 'undecodable';
  const limit = Math.min(maxBytes, Math.max(1_048_576, body.byteLength * MAX_RATIO));
  let decoded = body;
  for (const coding of applied.reverse()) {
    const undone = await withoutCoding(decoded, coding, limit);
    if (typeof undone === 'string') return undone;
    decoded = undone;
  }
  return decoded.byteLength > maxBytes ? 'too-large' : decoded;
}

const MAX_CODINGS = 3;
const MAX_RATIO = 200;

function codingsIn(contentEncoding: string | undefined): string[] {
  const names = (contentEncoding ?? '').split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && codings.has(name));
}

/** IANA's registry of content codings, in November 2026, and what is sent for them; `identity` is none. */
const codings: ReadonlySet<string> = new Set([
  ...['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'dcb', 'dcz', 'compress', 'x-compress'],
  ...['exi', 'pack200-gzip', 'aes128gcm'],
]);

async function withoutCoding(
  body: Buffer,
  coding: string,
  limit: number,
): Promise<Buffer | 'undecodable' | 'too-large'> {
  const undo = decoderOf(coding, body);
  if (undo === undefined) return 'undecodable';
  try {
    return await undo(body, { maxOutputLength: limit });
  } catch (error) {
    return (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'undecodable';
  }
}

const gunzipped = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);
const inflated = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate);
const rawInflated = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);
const unbrotlied = promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress);

function decoderOf(coding: string, body: Buffer): typeof gunzipped | undefined {
  if (coding === 'gzip' || coding === 'x-gzip') return gunzipped;
  if (coding === 'br') return unbrotlied;
  // Some servers send `deflate` without the zlib wrapper that the name stands for.
  if (coding === 'deflate') return isZlib(body) ? inflated : rawInflated;
  return undefined;
}

const isZlib = (body: Buffer): boolean =>
  body.length >= 2 && ((body[0] ?? 0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0;
