/** Metered limits: what readers may read for free, what the draft makes of it, and how many readers stand where. */

import { DraftBar } from '../draft/draft-bar.tsx';
import type { EditingPageFacts } from '../draft/editing-page-routes.ts';
import { FaultyDraft } from '../draft/faulty-draft.tsx';
import { RulesUsing } from '../draft/rules-using.tsx';
import { type ConsoleFrame, renderConsolePage } from '../shell/console-shell.tsx';
import { LimitsAdd } from './limits-add.tsx';
import { LimitsFactsShown } from './limits-facts.tsx';
import { LimitsForm } from './limits-form.tsx';
import { LimitsReaders } from './limits-readers.tsx';
import { LimitsRename } from './limits-rename.tsx';
import type { LimitsView, MeterView } from './limits-view.ts';

export const renderLimitsPage = (frame: ConsoleFrame, facts: EditingPageFacts<LimitsView>): string => {
  const { view, mayChange, notice, fault, again } = facts;
  const { working } = view.desk;
  return renderConsolePage({
    frame,
    place: '/-/console/limits',
    notice,
    fault,
    children: (
      <>
        <DraftBar desk={view.desk} frame={frame} />
        {working.policy === undefined && <FaultyDraft />}
        <p class="hint part">
          A metered limit is a pool of free articles. Each reader has one of their own from it; rules that
          name the same limit share it, and reading an article again costs nothing.
        </p>
        {view.meters.map((one) => (
          <Meter key={one.meter.id} one={one} facts={facts} />
        ))}
        {view.meters.length === 0 && <p class="part">There is none: no article can be metered.</p>}
        {view.gone.length > 0 && (
          <p class="part">
            Taken away by the draft, and still counted for readers until it is published:{' '}
            {view.gone.map(({ id }) => id).join(', ')}.
          </p>
        )}
        <Network />
        {mayChange && <LimitsAdd revision={working.revision} again={again} />}
      </>
    ),
  });
};

const Network = () => (
  <section class="part" aria-labelledby="network">
    <h2 id="network">What the network allowance is for</h2>
    <p>
      Whoever clears their cookies is a new visitor, with all free articles again. So no more than this many
      new visitors of one network (a home, an office, a library) get any within a window; further ones are
      asked to register or to subscribe. Leave room for everybody behind one address: 200 suits most.
      Registered readers aren’t counted, and no address is kept.
    </p>
  </section>
);

const Meter = ({ one, facts }: { one: MeterView; facts: EditingPageFacts<LimitsView> }) => {
  const { meter, inForce, windowNow, usedBy, readers } = one;
  const { view, mayChange, again } = facts;
  const { revision } = view.desk.working;
  const heading = `meter-${meter.id}`;
  return (
    <section class="part" aria-labelledby={heading}>
      <h2 id={heading}>
        {meter.id}
        {inForce === undefined && <small class="limits-new"> new in the draft</small>}
      </h2>
      <p>{`${windowNow.charAt(0).toUpperCase()}${windowNow.slice(1)}.`}</p>
      <RulesUsing uses={usedBy} lead="Used by: " none="No rule uses it: nothing is counted by it." />
      {mayChange ? (
        <LimitsForm meter={meter} inForce={inForce} revision={revision} again={again} />
      ) : (
        <LimitsFactsShown meter={meter} inForce={inForce} />
      )}
      {inForce && <LimitsReaders meter={inForce} lines={readers} />}
      {mayChange && <LimitsRename meter={meter} usedBy={usedBy} revision={revision} again={again} />}
    </section>
  );
};
