/** How the gate tells of each view that it decided; whoever listens answers at once and is never waited for. */
import type { Article } from '../article/article.ts';
import type { Asker } from '../readers/asker.ts';
import type { Purpose } from './decide.ts';
import type { Decision } from './decision.ts';
import type { View } from './view-article.ts';

/** What was decided, and from which facts. A document of many articles is no view of one and isn't told of. */
export interface DecisionMade {
  readonly article: Article;
  readonly view: View;
  /** As it was carried out: `uncuttable` may stand in the place of the view's own reason. */
  readonly decision: Decision;
  /** The preview would have been the whole text. */
  readonly nothingToWithhold: boolean;
  /** No preview of it can be made. */
  readonly uncuttable: boolean;
  readonly asker: Asker;
  readonly purpose: Purpose;
  readonly now: number;
  readonly userAgent: string | undefined;
}

/** Costs well under a microsecond, throws nothing and returns nothing. */
export type OnDecision = (made: DecisionMade) => void;
