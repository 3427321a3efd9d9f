/** Which coding of a ready variant a client gets, from its Accept-Encoding. */
import { LRUCache } from 'lru-cache';

export type Coding = 'br' | 'gzip' | 'identity';

/** Few distinct values are ever sent, and parsing one costs more than finding it. */
const answers = new LRUCache<string, Coding>({ max: 500 });

export const acceptedCoding = (header: string | undefined): Coding => {
  if (!header) return 'identity';
  const known = answers.get(header);
  if (known) return known;
  const answer = negotiate(header);
  answers.set(header, answer);
  return answer;
};

/** RFC 9110, 12.5.3: the best of ours by weight; brotli before gzip when the client likes both as much. */
const negotiate = (header: string): Coding => {
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    if (name) weights.set(name, weight ? Number.parseFloat(weight.slice(2)) || 0 : 1);
  }
  const weightOf = (coding: string): number =>
    weights.get(coding) ?? (coding === 'gzip' ? weights.get('x-gzip') : undefined) ?? weights.get('*') ?? 0;
  const identity = weights.get('identity') ?? 0.001;
  const ranked = (['br', 'gzip'] as const)
    .map((coding) => ({ coding, weight: weightOf(coding) }))
    .filter(({ weight }) => weight > 0 && weight >= identity)
    .sort((a, b) => b.weight - a.weight);
  return ranked[0]?.coding ?? 'identity';
};
