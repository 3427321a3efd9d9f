/** Says of JSON at a path that has pointers whose article it is: the one whose address it states, or its own address's. */
import { articlePathOf } from '../article/article-id.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';
import type { JsonForm } from '../policy/policy.ts';
import type { ArticleAt } from './article-at.ts';
import { articlePage } from './article-page.ts';
import type { ArticlePage } from './found.ts';
import { holdsMany } from './json-form.ts';
import type { Look } from './look.ts';
import { type LookAt, maxHops } from './look-up.ts';
import type { JsonFacts } from './page-tasks.ts';
import type { PageWork } from './page-work.ts';

/** `plain`: nothing of the gate's business. Undefined: not JSON, whatever its address promised. */
export type RecogniseJson = (
  look: Look,
  form: JsonForm,
  text: string,
) => Promise<ArticlePage | 'plain' | undefined>;

interface Dependencies {
  readonly hosts: readonly string[];
  readonly giveBack: ReturnHeaders;
  readonly lookUp: LookAt;
  readonly articleAt: ArticleAt;
  readonly work: Pick<PageWork, 'lookIntoJson'>;
}

export const createRecogniseJson = (dependencies: Dependencies): RecogniseJson => {
  const { hosts, giveBack, lookUp, articleAt, work } = dependencies;

  const articleOf = async (
    address: JsonFacts['address'],
    { question, head, rules }: Look,
  ): ReturnType<ArticleAt> => {
    const hops = (question.hops ?? 0) + 1;
    if (address && address !== question.target && hops <= maxHops) {
      const page = await lookUp({ target: address, path: articlePathOf(address) }, rules, hops);
      if (page.kind === 'article') return page;
    }
    return articleAt(question, head, rules);
  };

  return async (look, form, text) => {
    const facts = await work.lookIntoJson({ text, hosts });
    if (!facts) return undefined;
    if (form.builtIn && !facts.holdsText) return 'plain';
    const found = await articleOf(facts.address, look);
    const end = text.length - facts.after;
    const envelope = {
      before: text.slice(0, facts.before),
      json: text.slice(facts.before, end),
      after: text.slice(end),
    };
    const page = { kind: 'json', ...envelope, pointers: form.body, many: holdsMany(form) } as const;
    return articlePage(look, page, found, giveBack);
  };
};
