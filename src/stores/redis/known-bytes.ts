/** A known article as one value: its facts, then its fingerprints, then those of its public runs. */
import type { KnownArticle } from '../../sentry/known-article.ts';
import { knownFactsJson, parseKnownFacts } from '../known-article-schema.ts';

const VERSION = 1;
const HEAD_BYTES = 9;

export const knownBytes = (known: KnownArticle): Buffer => {
  const facts = Buffer.from(knownFactsJson(known));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(VERSION, 0);
  head.writeUInt32LE(facts.length, 1);
  head.writeUInt32LE(known.fingerprints.length, 5);
  return Buffer.concat([head, facts, known.fingerprints, known.publicRuns]);
};

/** Undefined when the bytes are not what Gatefold writes. */
export const knownFrom = (bytes: Buffer): KnownArticle | undefined => {
  if (bytes.length < HEAD_BYTES || bytes.readUInt8(0) !== VERSION) return undefined;
  const factsEnd = HEAD_BYTES + bytes.readUInt32LE(1);
  const fingerprintsEnd = factsEnd + bytes.readUInt32LE(5);
  if (fingerprintsEnd > bytes.length) return undefined;
  const facts = parseKnownFacts(bytes.toString('utf8', HEAD_BYTES, factsEnd));
  return (
    facts && {
      ...facts,
      fingerprints: bytes.subarray(factsEnd, fingerprintsEnd),
      publicRuns: bytes.subarray(fingerprintsEnd),
    }
  );
};
