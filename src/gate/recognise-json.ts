/** Says of JSON at a path that has pointers whose article it is: the one whose address it states, or its own address's. */
import { articlePathOf } from '../article/article-id.ts';
import type { ReturnHeaders } from '../origin/return-headers.ts';
import type { JsonForm } from '../policy/policy.ts';
import { jsonEnvelope } from '../preview/json-envelope.ts';
import type { ArticleAt } from './article-at.ts';
import { articlePage } from './article-page.ts';
import type { ArticlePage } from './found.ts';
import { statedAddress } from './json-address.ts';
import { holdsMany, holdsText } from './json-form.ts';
import type { Look } from './look.ts';
import { type LookAt, maxHops } from './look-up.ts';

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
}

export const createRecogniseJson = ({ hosts, giveBack, lookUp, articleAt }: Dependencies): RecogniseJson => {
  const articleOf = async (json: string, { question, head, rules }: Look): ReturnType<ArticleAt> => {
    const address = statedAddress(json, hosts);
    const hops = (question.hops ?? 0) + 1;
    if (address && address !== question.target && hops <= maxHops) {
      const page = await lookUp({ target: address, path: articlePathOf(address) }, rules, hops);
      if (page.kind === 'article') return page;
    }
    return articleAt(question, head, rules);
  };

  return async (look, form, text) => {
    const envelope = jsonEnvelope(text);
    if (!envelope) return undefined;
    if (form.builtIn && !holdsText(envelope.json)) return 'plain';
    const found = await articleOf(envelope.json, look);
    const page = { kind: 'json', ...envelope, pointers: form.body, many: holdsMany(form) } as const;
    return articlePage(look, page, found, giveBack);
  };
};
