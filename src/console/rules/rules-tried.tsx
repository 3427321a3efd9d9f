/** Trying an address: which rule its article falls under, now and in the draft, and why not under those above. */
import type { RuleStep } from '../../insight/explain-facts.ts';
import type { Tried } from './try-address.ts';

export interface TriedFacts {
  /** As typed. */
  readonly address: string;
  /** Undefined: no address of this site. */
  readonly published?: Tried | undefined;
  /** Absent: there is no draft, or it has faults. */
  readonly draft?: Tried | undefined;
  readonly failed?: true;
}

export const RulesTry = ({ tried }: { tried: TriedFacts | undefined }) => (
  <section class="part" aria-labelledby="try">
    <h2 id="try">Try an address</h2>
    <form class="line" method="get" action="/-/console/rules#try">
      <div class="field">
        <label for="address">Address of an article</label>
        <input
          id="address"
          name="address"
          required
          maxLength={2000}
          autocomplete="off"
          placeholder="/news/an-article"
          value={tried?.address}
        />
      </div>
      <button class="button small" type="submit">
        Which rule?
      </button>
    </form>
    {tried && <Results tried={tried} />}
  </section>
);

const Results = ({ tried: { address, published, draft, failed } }: { tried: TriedFacts }) => {
  if (failed) return <p class="fault">It couldn’t be looked up. Try again in a moment.</p>;
  if (published === undefined)
    return <p class="fault">That is no address of this site: write its path, such as /news/an-article.</p>;
  return (
    <>
      <Result title={draft ? 'Now' : undefined} tried={published} />
      {draft && <Result title="In the draft" tried={draft} />}
      <p>
        <a href={`/-/console/explain?address=${encodeURIComponent(address)}`}>
          Explain what a reader gets there
        </a>
      </p>
    </>
  );
};

const Result = ({ title, tried }: { title: string | undefined; tried: Tried }) => (
  <div class="rules-tried">
    {title && <h3>{title}</h3>}
    {tried.kind === 'article' ? <Steps tried={tried} /> : <p>{noArticleWords[tried.kind]}</p>}
  </div>
);

const noArticleWords: Readonly<Record<Exclude<Tried['kind'], 'article'>, string>> = {
  'not-an-article': 'No article stands there, so no rule is asked: everyone gets the page.',
  feed: 'A feed stands there: each of its entries falls under the rule of its own article.',
  unavailable: 'The site couldn’t be asked for that page. Try again in a moment.',
};

const Steps = ({ tried: { article, steps } }: { tried: Extract<Tried, { kind: 'article' }> }) => {
  const above = steps.filter((step) => !step.matched);
  const rule = steps.at(-1)?.rule ?? 'otherwise';
  return (
    <>
      <p>
        {article.title !== '' && <>“{article.title}” </>}
        {article.title === '' ? 'The article falls' : 'falls'} under <b>{rule}</b>
        {rule === 'otherwise' ? ', since no rule holds for it.' : '.'}
      </p>
      {above.length > 0 && (
        <details class="hush" open={above.length <= fewRules}>
          <summary>
            {above.length === 1
              ? 'Why not the rule above it'
              : `Why none of the ${above.length} rules above it`}
          </summary>
          <ul class="rules-why">
            {above.map((step) => (
              <WhyNot key={step.rule} step={step} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
};

const fewRules = 8;

const WhyNot = ({ step }: { step: RuleStep }) => (
  <li>
    <b>{step.rule}</b>: {step.matched ? '' : step.whyNot}.
  </li>
);
