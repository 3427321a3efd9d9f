/** One rule in the list: its number and name, what it holds for, what it gives, and what it matched. */
import type { RuleMatches } from '../../insight/charts.ts';
import type { ListedRule } from './rules-list.ts';

interface RowProps {
  readonly row: ListedRule;
  /** From 1. */
  readonly number: number;
  readonly mayEdit: boolean;
  /** How many of recent views it would match; undefined: not worked out. */
  readonly would?: number | undefined;
}

export const RulesRow = ({ row, number, mayEdit, would }: RowProps) => {
  const { rule, when, gives, cutoff, shadowedBy, matched } = row;
  return (
    <li class="rules-row" id={rowId(rule.id)} data-rule={rule.id}>
      <span class="rules-number">{number}</span>
      <div>
        <h3>
          <a href={ruleAddress(rule.id)}>{rule.id}</a>
        </h3>
        <Words when={when} gives={gives} cutoff={cutoff} />
        {shadowedBy !== undefined && <p class="rules-shadow">{shadowWords(shadowedBy)}</p>}
        <p class={matched?.views === 0 ? 'rules-figures rules-none' : 'rules-figures'}>
          {matchedWords(matched)}
          <span data-would="">{would === undefined ? '' : ` ${wouldWords(would)}`}</span>
        </p>
      </div>
      {mayEdit && (
        <div class="rules-moves">
          <button type="submit" name="up" value={rule.id} aria-label={`Up: ${rule.id}`}>
            Up
          </button>
          <button type="submit" name="down" value={rule.id} aria-label={`Down: ${rule.id}`}>
            Down
          </button>
        </div>
      )}
    </li>
  );
};

interface WordsProps {
  readonly when: string;
  readonly gives: string;
  readonly cutoff: string | undefined;
}

/** What is asked of an article, and what readers get of it. */
export const Words = ({ when, gives, cutoff }: WordsProps) => (
  <>
    <p>
      <b>{capital(when)}</b>
    </p>
    <p>{capital(gives)}.</p>
    {cutoff !== undefined && <p>Previews end {cutoff}.</p>}
  </>
);

export const otherArticles = 'articles that no rule holds for';

export const rowId = (name: string): string => `rule-${name}`;

export const ruleAddress = (name: string): string => `/-/console/rules/edit?name=${encodeURIComponent(name)}`;

export const shadowWords = (by: string): string =>
  `Never applies: ${by}, further up, takes all of its articles.`;

export const matchedWords = (matched: RuleMatches | undefined): string => {
  if (matched === undefined) return 'Not published under this name yet.';
  const { views, previews } = matched;
  if (views === 0) return 'Matched nothing in the last 7 days.';
  const stopped =
    previews === 0
      ? 'none of them a preview'
      : `${whole(previews)} of them ${previews === 1 ? 'a preview' : 'previews'}`;
  return `${counted(views, 'view')} in the last 7 days, ${stopped}.`;
};

export const wouldWords = (count: number): string => `Would match ${counted(count, 'view')}.`;

export const counted = (count: number, one: string): string =>
  `${whole(count)} ${one}${count === 1 ? '' : 's'}`;

export const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

const whole = (count: number): string => count.toLocaleString('en-GB');
