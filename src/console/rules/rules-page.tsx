/** The ordered list of rules: the first that holds for an article applies, and each is moved by a drag, by keys or by a form. */
import { renderToString } from 'preact-render-to-string';
import type { DeskView } from '../draft/desk-view.ts';
import { DraftBar } from '../draft/draft-bar.tsx';
import { FaultyDraft } from '../draft/faulty-draft.tsx';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { recentDays } from './recent-views.ts';
import type { RulesList, WouldMatch } from './rules-list.ts';
import { counted, matchedWords, otherArticles, RulesRow, Words, wouldWords } from './rules-row.tsx';
import { RulesTry, type TriedFacts } from './rules-tried.tsx';

export interface RulesFacts {
  readonly desk: DeskView;
  /** Of the draft; of what is in force where the draft's text has faults. */
  readonly list: RulesList | undefined;
  readonly mayEdit: boolean;
  /** The draft's rules aren't those that readers meet. */
  readonly differs: boolean;
  /** Absent: nobody asked for it yet. */
  readonly would?: WouldMatch;
  readonly tried?: TriedFacts;
  readonly notice?: string | undefined;
  readonly fault?: string | undefined;
}

export const renderRulesPage = (frame: ConsoleFrame, facts: RulesFacts): string =>
  renderConsolePage({
    frame,
    place: '/-/console/rules',
    notice: facts.notice,
    fault: facts.fault,
    scripts: ['rules.js'],
    children: (
      <>
        <div id="rules-draft">
          <DraftBar desk={facts.desk} frame={frame} />
        </div>
        {facts.desk.working.policy === undefined && <FaultyDraft />}
        {facts.list && <List facts={facts} list={facts.list} />}
        <RulesTry tried={facts.tried} />
      </>
    ),
  });

/** For a page that is open, once a rule was moved. */
export const renderDraftPart = (frame: ConsoleFrame, desk: DeskView): string =>
  renderToString(<DraftBar desk={desk} frame={frame} />);

interface ListProps {
  readonly facts: RulesFacts;
  readonly list: RulesList;
}

const List = ({ facts, list }: ListProps) => {
  const { desk, mayEdit, would, differs } = facts;
  const { rules } = list;
  return (
    <section class="part" aria-labelledby="order" id="rules" data-differs={differs ? '' : undefined}>
      <h2 id="order">In this order</h2>
      <p class="hint">
        The first rule that holds for an article applies, and no other. Views are counted by a rule’s name,
        since it was published under this name.
      </p>
      {differs && <Would would={would} />}
      {mayEdit && (
        <p>
          <a class="button small" href="/-/console/rules/new">
            Add a rule
          </a>
        </p>
      )}
      {rules.length > manyRules && <Filter />}
      <p class="rules-said" id="rules-said" role="status" />
      <form method="post" action="/-/console/rules/move" id="rules-form">
        <input type="hidden" name="revision" value={desk.working.revision} />
        <p id="rules-how" class="hint" hidden>
          Drag a rule by its handle. By keys: press Space on the handle, move with the arrow keys, press Space
          again to put it down, or Escape to leave it where it was.
        </p>
        {/* biome-ignore lint/a11y/noRedundantRoles: without markers, Safari takes it for no list */}
        <ol class="rules-list" id="rules-list" role="list">
          {rules.map((row, index) => (
            <RulesRow
              key={row.rule.id}
              row={row}
              number={index + 1}
              mayEdit={mayEdit}
              would={would?.counts.get(row.rule.id)}
            />
          ))}
        </ol>
      </form>
      <Otherwise list={list} would={would} />
      {mayEdit && rules.length > 2 && <MoveFar desk={desk} count={rules.length} />}
    </section>
  );
};

/** So many are seen at a glance. */
const manyRules = 8;

const Would = ({ would }: { would: WouldMatch | undefined }) => (
  <p class="note" id="rules-would">
    {would ? (
      wouldSummary(would)
    ) : (
      <>
        The draft’s rules aren’t those that readers meet.{' '}
        <a href="/-/console/rules?would=match">Count what each would match</a> of the last {recentDays} days.
      </>
    )}
  </p>
);

export const wouldSummary = ({ views, all }: Pick<WouldMatch, 'views' | 'all'>): string =>
  `The draft’s rules aren’t those that readers meet: each says how many it would match of ${
    all ? `the ${counted(views, 'view')}` : `the newest ${counted(views, 'view')}`
  } that the decision log has of the last ${recentDays} days.`;

/** Shown by the script that filters. */
const Filter = () => (
  <div class="field rules-filter" id="rules-filter" hidden>
    <label for="rules-wanted">Show only rules with</label>
    <input id="rules-wanted" type="search" autocomplete="off" aria-controls="rules-list" />
  </div>
);

const Otherwise = ({
  list: { otherwise, takesAll },
  would,
}: {
  list: RulesList;
  would: WouldMatch | undefined;
}) => {
  const count = would?.counts.get('otherwise');
  return (
    <div class="rules-row rules-otherwise" id="otherwise" data-rule="otherwise">
      <span class="rules-number" aria-hidden="true">
        –
      </span>
      <div>
        <h3>
          <a href="/-/console/rules/otherwise">otherwise</a>
        </h3>
        <Words when={otherArticles} gives={otherwise.gives} cutoff={otherwise.cutoff} />
        {takesAll !== undefined && (
          <p class="rules-shadow">Never applies: {takesAll} holds for every article.</p>
        )}
        <p class="rules-figures">
          {matchedWords(otherwise.matched)}
          <span data-would="">{count === undefined ? '' : ` ${wouldWords(count)}`}</span>
        </p>
      </div>
    </div>
  );
};

const MoveFar = ({ desk, count }: { desk: DeskView; count: number }) => (
  <form class="line rules-far" method="post" action="/-/console/rules/move">
    <input type="hidden" name="revision" value={desk.working.revision} />
    <div class="field narrow">
      <label for="from">Move number</label>
      <input id="from" name="from" type="number" min={1} max={count} required />
    </div>
    <div class="field narrow">
      <label for="to">to number</label>
      <input id="to" name="to" type="number" min={1} max={count} required />
    </div>
    <button class="button quiet small" type="submit">
      Move
    </button>
  </form>
);
