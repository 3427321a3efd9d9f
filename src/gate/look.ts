/** Everything about one response that recognising it needs. */
import type { ArticleHeader } from '../article/article-header.ts';
import type { OriginHead } from '../origin/origin.ts';
import type { Question } from './origin-question.ts';
import type { PolicyInForce } from './policy-in-force.ts';

export interface Look {
  readonly head: OriginHead;
  /** The body with its content coding undone. */
  readonly raw: Buffer;
  /** Of `raw`. */
  readonly hash: string;
  readonly contentType: string;
  readonly question: Question;
  readonly rules: PolicyInForce;
  /** What the origin itself says of it. */
  readonly header: ArticleHeader | undefined;
  /** By the policy; an error's page is nobody's. */
  readonly articlePath: boolean;
}
