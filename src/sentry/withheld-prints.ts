/** What was found withheld in one answer, as data: enough to clean it where nothing else is known, in another thread. */
import type { Article, ArticleId } from '../article/article.ts';
import { FARTHEST, FINGERPRINT_BYTES } from './known-article.ts';
import { createKnownTexts } from './known-texts.ts';
import { passagesIn } from './read-answer.ts';
import { type FindWithheld, type WithheldPassage, withheldAmong } from './withheld.ts';

/** Of each article the fingerprints that were found, as a known article has them, but counted from the end of its preview. */
export type WithheldPrints = ReadonlyMap<ArticleId, Uint8Array>;

export const withheldPrints = (passages: readonly WithheldPassage[]): WithheldPrints => {
  const byArticle = new Map<ArticleId, WithheldPassage[]>();
  for (const passage of passages) {
    const own = byArticle.get(passage.article);
    if (own) own.push(passage);
    else byArticle.set(passage.article, [passage]);
  }
  return new Map([...byArticle].map(([article, own]) => [article, packed(own)]));
};

/** Finds what is among these prints; what else is withheld, it can't know. */
export const findAmongPrints = (prints: WithheldPrints): FindWithheld => {
  const known = createKnownTexts(Number.POSITIVE_INFINITY);
  for (const [id, fingerprints] of prints) {
    known.put({
      address: id,
      article: bareArticle(id),
      fingerprints: Buffer.from(fingerprints.buffer, fingerprints.byteOffset, fingerprints.byteLength),
      publicRuns: Buffer.alloc(0),
      units: FARTHEST,
      cutoff: { by: 'characters', count: 0, ending: 'exact' },
      previewUnits: 0,
      contentHash: '',
      learntAt: 0,
    });
  }
  return (text) => withheldAmong(passagesIn(text, known), () => ({ readable: false, previewUnits: 0 }));
};

const packed = (passages: readonly WithheldPassage[]): Uint8Array => {
  const bytes = new Uint8Array(passages.length * FINGERPRINT_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [index, { hash, check, pastPreview }] of passages.entries()) {
    const at = index * FINGERPRINT_BYTES;
    view.setInt32(at, hash, true);
    view.setInt32(at + 4, check, true);
    view.setUint16(at + 8, Math.max(0, Math.min(pastPreview, FARTHEST)), true);
  }
  return bytes;
};

/** Nothing but whose it is has been asked. */
const bareArticle = (id: ArticleId): Article => ({
  id,
  path: id,
  title: '',
  publication: '',
  tags: [],
  authors: [],
  language: '',
});
