/** What the console's looks add to those of the other own pages: places on the left page, the work on the right one. */
import { styleHash, styleText } from '../../pages/style-text.ts';

/** Comes after the sheet of all own pages, whose colours, letters and buttons it takes. */
export const consoleStyle = styleText(`
.desk { --side: max(clamp(1.25rem, 3vw, 2.5rem), (100vw - 84rem) / 2); font-size: 1rem }
.desk h1 { font-size: clamp(1.875rem, 1.5rem + 1.5vw, 2.5rem) }
.desk h3, .desk dl, .desk dd, .desk ol, .desk pre { margin: 0; padding: 0 }
.desk h3 { font: 600 1.0625rem/1.4 var(--serif) }
.desk .top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1.5rem; padding-block: .75rem }
.desk .name span { margin-inline-start: .6rem; padding-inline-start: .6rem; border-inline-start: 1px solid var(--edge); font: 400 1rem/1.35 var(--sans); color: var(--muted) }
.who { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; font-size: .9375rem; color: var(--muted) }
.spread { display: grid; grid-template-columns: minmax(0, 1fr); grid-template-rows: auto 1fr }
.places { padding: .25rem var(--side); border-block-end: 1px solid var(--line) }
.places ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; list-style: none }
.places a { display: flex; align-items: center; min-height: 2.75rem; text-decoration: none }
.places a:hover, .places [aria-current] { text-decoration: underline }
.places [aria-current] { font-weight: 600; text-decoration-thickness: 2px }
.desk main { display: block; position: relative; padding: clamp(1.75rem, 4vw, 3.5rem) var(--side) clamp(3rem, 6vw, 5rem); background: var(--sheet) }
.desk main > * { max-width: 52rem }
.desk .note, .desk .fault { margin-block-start: 1.25rem }
@media (min-width: 56rem) {
  .spread { grid-template-columns: calc(var(--side) + 10.5rem) minmax(0, 1fr); grid-template-rows: minmax(0, 1fr) }
  .places { padding: clamp(1.75rem, 4vw, 3.5rem) 1.5rem 3rem var(--side); border-block-end: 0 }
  .places ul { display: grid; position: sticky; inset-block-start: 1.5rem }
  .desk main { padding-inline-start: clamp(2.5rem, 4vw, 4rem) }
  .desk main::before { content: ""; position: absolute; inset: 0 auto 0 0; width: 3rem; background: linear-gradient(to right, color-mix(in srgb, var(--shade) 7%, transparent), transparent); pointer-events: none }
}
.part { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; margin-block-start: 2.75rem }
.facts { border-block-start: 1px solid var(--line) }
.facts > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: .1rem 1.5rem; padding-block: .8rem; border-block-end: 1px solid var(--line) }
.facts dt { color: var(--muted) }
@media (min-width: 40rem) { .facts > div { grid-template-columns: 12rem minmax(0, 1fr) } }
.warned { display: grid; gap: .75rem; list-style: none }
.warned pre, .secret { padding: .75rem 1rem; border: 1px solid var(--line); border-inline-start: 3px solid var(--edge); background: var(--paper); font: 400 .875rem/1.55 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; white-space: pre-wrap }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums }
caption { padding-block-end: .5rem; text-align: start; color: var(--muted); font-size: .9375rem }
th, td { padding: .6rem .75rem .6rem 0; border-block-end: 1px solid var(--line); text-align: start; vertical-align: baseline }
th { font-weight: 600; font-size: .9375rem }
th:last-child, td:last-child { padding-inline-end: 0 }
.count { text-align: end }
.desk input, .desk select { min-height: 2.75rem; padding: .5rem .75rem }
select { width: 100%; border: 1px solid var(--edge); border-radius: 2px; background: var(--paper); color: var(--ink); font: inherit }
.line { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem }
.line .field { flex: 1 1 14rem }
.line .field.narrow { flex: 0 1 10rem }
.line .button { flex: none }
.desk .rows > li { align-items: start }
.desk .rows b { font: 600 1rem/1.5 var(--sans) }
.desk .rows .actions { align-items: start }
.inline { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center }
.inline select { width: auto }
.hush summary { display: inline-flex; align-items: center; min-height: 2.75rem; padding-inline: .25rem; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .22em; cursor: pointer }
.hush form { display: grid; gap: .75rem; max-width: 22rem; padding-block: .5rem }
.told { list-style: none; border-block-start: 1px solid var(--line) }
.told > li { display: grid; grid-template-columns: minmax(0, 1fr); gap: .15rem 1.5rem; padding-block: .8rem; border-block-end: 1px solid var(--line) }
.told time, .told small { font-size: .9375rem; color: var(--muted) }
.told small { display: block }
@media (min-width: 40rem) { .told > li { grid-template-columns: 11.5rem minmax(0, 1fr) } }
.draft { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .75rem 1.5rem; margin-block-start: 1.25rem; padding: .75rem 1rem; border: 1px solid var(--line); border-inline-start: 3px solid var(--edge); background: var(--paper) }
.draft p { max-width: 38rem }
.pages { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center }
.desk .foot form { display: inline-block }
.plain { padding: .35rem 0; border: 0; background: none; color: inherit; font: inherit; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .22em; cursor: pointer }
.replay-lead { margin-block-start: 1.25rem; color: var(--muted); text-wrap: pretty }
.replay-bar { width: 100%; height: 1rem; accent-color: var(--ink) }
.replay-told:empty { display: none }
.replay-said { font: 400 1.375rem/1.45 var(--serif); text-wrap: pretty }
.replay-table th[scope=row] { font-weight: 400; font-size: 1rem }
.replay-table td small, .replay-table code { display: block; font-size: .875rem; color: var(--muted) }
.replay-table .count { min-width: 4.5rem }
.replay-table th:first-child { min-width: 6rem }
.replay-notes { display: grid; gap: .6rem; padding-inline-start: 1.25rem }
.api-lead { margin-block-start: 1.25rem; font: 400 1.1875rem/1.55 var(--serif); color: var(--muted) }
.api-example { padding: .75rem 1rem; border: 1px solid var(--line); border-inline-start: 3px solid var(--edge); background: var(--paper); white-space: pre-wrap }
.desk .api-example { padding: .75rem 1rem }
.api-example code { font-size: .875rem; line-height: 1.55 }
.api-rules { display: grid; gap: .35rem; padding-inline-start: 1.2rem }
.api-contents { display: grid; grid-template-columns: minmax(0, 1fr); gap: .25rem 1.5rem }
.api-contents ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; list-style: none }
.api-contents ul a { display: inline-block; padding-block: .35rem }
.api-contents h3 { padding-block: .25rem }
@media (min-width: 40rem) { .api-contents { grid-template-columns: 7rem minmax(0, 1fr) } }
.api-call { display: grid; grid-template-columns: minmax(0, 1fr); gap: .35rem; padding-block: 1.25rem .5rem; border-block-start: 1px solid var(--line) }
.api-call summary { display: inline-flex; align-items: center; min-height: 2.75rem; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .22em; cursor: pointer }
.api-parts { display: grid; grid-template-columns: minmax(0, 1fr); gap: .5rem; padding-block-end: 1rem }
.desk .api-parts h4 { margin: .5rem 0 0; font: 600 1rem/1.4 var(--sans) }
.api-fields { display: grid; grid-template-columns: minmax(0, 1fr); gap: .35rem; padding-inline-start: .9rem; border-inline-start: 1px solid var(--line); list-style: none }
.api-fields .api-fields { margin-block: .35rem }
.api-fields span { color: var(--muted) }
.api-fields > li > code:first-child { font-weight: 600 }
.edited { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; padding-block: 1.25rem; border-block: 1px solid var(--line) }
.desk .edited { max-width: none }
.desk fieldset { min-width: 0; margin: 0; padding: 0; border: 0 }
.edited-pair { display: grid; grid-template-columns: minmax(0, 1fr); align-items: start; gap: 1.25rem 1.5rem }
legend { padding: 0; font: 600 1.0625rem/1.4 var(--serif) }
.edited-pair > legend { padding-block-end: .75rem }
.edited-ticks { gap: .5rem }
.edited-ticks > legend { padding-block-end: .5rem; font: 600 1rem/1.4 var(--sans) }
.edited-ticks .tick, .edited .field > .tick { font-weight: 400 }
.desk .tick input { min-height: 1.5rem; padding: 0 }
.edited .edited-note { margin: 0; font-size: .9375rem }
.edited-force { color: var(--muted) }
.edited-force b { color: var(--ink); font-variant-numeric: tabular-nums }
.edited-number { font-variant-numeric: tabular-nums; max-width: 10rem }
.edited ::placeholder { color: var(--muted); opacity: 1 }
.edited [aria-invalid] { border-color: var(--fault) }
.edited-ends { display: flex; flex-wrap: wrap; gap: 0 1.5rem }
.hush form.edited { max-width: none; gap: 1.25rem; padding-block: 1.25rem }
@media (min-width: 40rem) { .edited-pair { grid-template-columns: repeat(2, minmax(0, 1fr)) } .edited-pair > legend { grid-column: 1 / -1 } }
.limits-new { font: 400 .9375rem/1.4 var(--sans); color: var(--muted) }
.limits-held { max-width: 26rem; padding-block: .5rem; color: var(--muted) }
.limits-readers { display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem }
.limits-tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); gap: 1.25rem 2.5rem; align-items: start }
.limits-tables th[scope=row] { width: 4.5rem; font-weight: 400 }
.limits-tables th, .limits-tables td { padding-block: .35rem }
.limits-bar { display: grid; grid-template-columns: minmax(0, 1fr) 3.5rem; align-items: center; gap: .75rem; text-align: end }
.limits-bar svg { display: block; width: 100%; height: .75rem; background: color-mix(in srgb, var(--ink) 7%, transparent); fill: var(--edge) }
.plans-plan { gap: .75rem; padding-block-start: 1.25rem; border-block-start: 1px solid var(--line) }
.plans-plan code, .plans-product code { margin-inline-start: .35rem; font-weight: 400; color: var(--muted) }
.plans-price { display: grid; gap: .35rem }
.desk .plans-price .note, .desk .plans-price .fault { margin-block-start: 0 }
.plans-product { display: grid; grid-template-columns: minmax(0, 1fr); gap: .5rem; padding-block: 1.25rem .5rem; border-block-start: 1px solid var(--line) }
.cutoffs-row dd { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .1rem 1.5rem }
.cutoffs-row a { flex: none }
.cutoffs-form { gap: 1.25rem; padding-block-start: 1.75rem; border-block-start: 1px solid var(--line); scroll-margin-block-start: 1rem }
.cutoffs-fields, .cutoffs-count, .cutoffs-picture { display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; gap: .9rem }
.cutoffs-fields > .cutoffs-fields > legend { padding-block-end: .75rem }
.cutoffs-fields > .actions, .cutoffs-fields > .cutoffs-fields + .cutoffs-fields { margin-block-start: .75rem }
@media (min-width: 70rem) {
  .desk main > .cutoffs-form { grid-template-columns: 18rem minmax(0, 1fr); gap: 1.25rem 2.5rem; max-width: 70rem }
  .cutoffs-form > h2, .cutoffs-form > .hint { grid-column: 1 / -1 }
  .cutoffs-picture { position: sticky; inset-block-start: 1.5rem }
}
.desk .cutoffs-count input[type=range] { min-height: 2rem; padding: 0; accent-color: var(--ink) }
.cutoffs-last { font: 400 1.0625rem/1.55 var(--serif); color: var(--muted) }
.cutoffs-last bdi { color: var(--ink) }
.cutoffs-width { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.25rem }
.desk .cutoffs-width legend { float: inline-start; padding-inline-end: 1.25rem; font: inherit; color: var(--muted) }
.cutoffs-width label { display: inline-flex; align-items: center; gap: .5rem; min-height: 2.75rem; font-weight: 400 }
.desk .cutoffs-width input { width: 1.25rem; min-height: 1.25rem; margin: 0; accent-color: var(--ink) }
.seen-frame { container-type: inline-size; width: 100%; border: 1px solid var(--edge); overflow: hidden; background: Canvas }
.seen-frame iframe { display: block; border: 0 }
.seen-frame[data-width=desk] { aspect-ratio: 1280 / 960 }
.seen-frame[data-width=desk] iframe { width: 1280px; height: 960px; scale: .25; scale: tan(atan2(100cqi, 1280px)); transform-origin: 0 0 }
.seen-frame[data-width=phone] { max-width: 392px }
.seen-frame[data-width=phone] iframe { width: 100%; height: 720px }
.seen-frame[data-width=part] iframe { width: 100%; height: 30rem }
.desk [hidden] { display: none }
.messages-tabs ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; list-style: none }
.messages-tabs a { display: flex; align-items: center; min-height: 2.75rem }
.messages-tabs [aria-current] { font-weight: 600; text-decoration-thickness: 2px }
.messages-one { display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem; padding-block: 1.25rem; border-block-start: 1px solid var(--line); scroll-margin-block-start: 1rem }
.messages-one h3 code { font-weight: 600 }
.messages-text { display: grid; grid-template-columns: minmax(0, 1fr); gap: .5rem }
.desk .messages-text h4 { margin: .5rem 0 0; font: 600 1rem/1.4 var(--sans) }
.messages-built-in { font: 400 1.0625rem/1.55 var(--serif) }
.messages-built-in span { font: 400 .9375rem/1.4 var(--sans); color: var(--muted) }
.messages-form, .hush .messages-form { display: grid; grid-template-columns: minmax(0, 1fr); gap: .6rem; max-width: none; padding: 0 }
.messages-form .actions { align-items: center }
@media (min-width: 40rem) {
  .messages-form:not(.hush *) { grid-template-columns: minmax(0, 1fr) auto; align-items: end }
  .messages-form:has(.plain) { grid-template-columns: minmax(0, 1fr) }
}
@media (min-width: 75rem) {
  .desk main > .messages-spread { display: grid; grid-template-columns: minmax(0, 1fr) 25rem; gap: 0 2.5rem; align-items: start; max-width: 72rem }
  .messages-spread > :first-child { order: 2; position: sticky; inset-block-start: 0 }
}
.messages-of { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.messages-form textarea { width: 100%; padding: .6rem .75rem; border: 1px solid var(--edge); border-radius: 2px; background: var(--paper); color: var(--ink); font: inherit; field-sizing: content; min-height: 2.75rem; resize: vertical }
.messages-form [aria-invalid] { border-color: var(--fault) }
.versions-force { display: flex; flex-wrap: wrap; align-items: start; justify-content: space-between; gap: .75rem 1.5rem }
.versions-note { white-space: pre-line; font-family: var(--serif) }
.versions-changes { display: grid; gap: .5rem; padding-inline-start: 1.25rem }
.versions-publish { max-width: 34rem; padding-block-start: .25rem }
.versions-publish textarea, .versions-editor textarea { width: 100%; padding: .5rem .75rem; border: 1px solid var(--edge); border-radius: 2px; background: var(--paper); color: var(--ink); font: inherit }
.versions-editor { gap: 1.25rem }
.versions-editor textarea { font: 400 .875rem/1.55 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; tab-size: 2 }
.versions-back, .versions-whose { margin-block-start: 1rem }
.versions-faults > li { display: grid; grid-template-columns: minmax(0, 1fr); gap: .4rem }
.versions-faults span { color: var(--muted) }
.versions-faults mark { background: color-mix(in srgb, var(--band) 45%, transparent); color: inherit }
.versions-hunk { margin: 0 0 1rem }
.versions-hunk figcaption { padding-block-end: .35rem; font-size: .9375rem; color: var(--muted) }
.desk .versions-hunk pre, .desk .versions-text { padding: .75rem 1rem; border: 1px solid var(--line); background: var(--paper); font: 400 .875rem/1.55 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; white-space: pre-wrap }
.versions-hunk del { color: var(--fault); text-decoration: none; background: color-mix(in srgb, var(--fault) 9%, transparent) }
.versions-hunk ins { text-decoration: none; font-weight: 600; background: color-mix(in srgb, var(--band) 40%, transparent) }
.rules-list { display: grid; grid-template-columns: minmax(0, 1fr); list-style: none; border-block-start: 1px solid var(--line) }
.rules-row { display: grid; grid-template-columns: auto minmax(0, 1fr); align-items: start; gap: .25rem .75rem; margin-inline: -.5rem; padding: .9rem .5rem; border-block-end: 1px solid var(--line); position: relative }
.rules-list > .rules-row { content-visibility: auto; contain-intrinsic-size: auto 8rem }
.rules-row[hidden] { display: none }
.rules-row:target { background: color-mix(in srgb, var(--ink) 5%, transparent) }
.rules-row > div { display: grid; grid-template-columns: minmax(0, 1fr); gap: .15rem }
.rules-number { min-width: 2ch; padding-block-start: .1rem; color: var(--muted); font-variant-numeric: tabular-nums; text-align: end }
.rules-grip { display: block; width: 2.25rem; height: 2.75rem; margin: -.35rem 0 0 -.35rem; padding: .65rem .6rem; border: 0; border-radius: 2px; background: radial-gradient(circle at center, var(--muted) 1.5px, transparent 2px) 0 0 / .5rem .5rem content-box content-box; cursor: grab; touch-action: none }
.rules-grip:hover { box-shadow: inset 0 0 0 1px var(--line) }
#rules-how { padding-block-end: .75rem }
.rules-row:has(> .rules-grip) { grid-template-columns: auto auto minmax(0, 1fr) }
.rules-row b { font-weight: 600 }
.rules-figures { font-size: .9375rem; color: var(--muted) }
.rules-none { font-style: italic }
.rules-shadow { padding-inline-start: .75rem; border-inline-start: 3px solid var(--fault); color: var(--fault) }
.rules-row > .rules-moves { grid-column: 2; display: flex; gap: .5rem }
.rules-row:has(> .rules-grip) > .rules-moves { grid-column: 3 }
.rules-moves button { min-width: 3.5rem; min-height: 2.75rem; padding: .25rem .6rem; border: 1px solid var(--line); border-radius: 2px; background: none; color: inherit; font: 400 .9375rem/1.3 var(--sans); cursor: pointer }
.rules-moves button:hover { border-color: var(--edge) }
.rules-taken { background: color-mix(in srgb, var(--ink) 7%, transparent) }
.rules-taken .rules-grip { cursor: grabbing }
.rules-above { box-shadow: 0 -3px 0 0 var(--ink) }
.rules-below { box-shadow: 0 3px 0 0 var(--ink) }
.rules-said:empty { display: none }
.rules-otherwise { border-block-end: 0 }
.rules-filter { max-width: 26rem }
.rules-filter[hidden] { display: none }
.rules-tried { display: grid; gap: .35rem; padding-block: .75rem; border-block-start: 1px solid var(--line) }
.rules-why { display: grid; gap: .35rem; padding-block: .5rem; list-style: none; font-size: .9375rem }
.rules-all, .rules-group { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem }
.rules-group > legend { padding-block: 1rem .6rem; font: 600 1.25rem/1.35 var(--serif) }
.desk .rules-all .fault { margin-block-start: 0; font-size: .9375rem }
.rules-ticks { display: flex; flex-wrap: wrap; align-items: center; gap: .35rem 1.5rem }
.rules-ticks > legend { padding-block-end: .35rem; font: 600 1rem/1.5 var(--sans) }
.rules-ticks .tick { font-weight: 400; min-height: 2.75rem; align-items: center }
.rules-ticks > .hint, .rules-ticks > .fault { flex-basis: 100% }
.rules-cutoff > legend { padding-block-end: .5rem; font: 600 1rem/1.5 var(--sans) }
.rules-group textarea { width: 100%; padding: .6rem .75rem; border: 1px solid var(--edge); border-radius: 2px; background: var(--paper); color: var(--ink); font: inherit; resize: vertical }
.rules-age { align-items: start }
.rules-all [aria-invalid] { border-color: var(--fault) }
.rules-all ::placeholder, .rules-all ~ * ::placeholder { color: var(--muted); opacity: 1 }
@media (min-width: 48rem) { .rules-row { grid-template-columns: auto minmax(0, 1fr) auto } .rules-row:has(> .rules-grip) { grid-template-columns: auto auto minmax(0, 1fr) auto } .rules-row > .rules-moves { grid-column: 3 } .rules-row:has(> .rules-grip) > .rules-moves { grid-column: 4 } }
.look-wide.look-wide { max-width: none }
.look-lead { margin-block-start: 1rem; color: var(--muted) }
.look { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; justify-items: start }
.look > * { width: 100% }
.look > .button { width: auto }
.look fieldset { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; margin: 0; padding: 0; border: 0; min-width: 0 }
.look legend { padding: 0 0 .5rem; font-weight: 600 }
.look-choices { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 0 1.5rem }
.look-choices label, .look-policy label { display: flex; align-items: center; gap: .75rem; min-height: 2.75rem; font-weight: 400; cursor: pointer }
.desk .look input[type=radio] { flex: none; width: 1.25rem; min-height: 1.25rem; margin: 0; padding: 0; accent-color: var(--ink) }
.desk .look-policy { display: flex; flex-wrap: wrap; gap: 0 1.5rem }
.look:has([value=reference]:checked) .look-policy { display: none }
.look-reads input { max-width: 8rem }
.look-reads, .look-product, .look-named, .look-code { max-width: 34rem }
.look-fault { margin: 0 }
.look-who:not(:has([value=visitor]:checked, [value=registered]:checked)) .look-reads { display: none }
.look-who:not(:has([value=subscriber]:checked, [value=past-due]:checked, [value=gift]:checked)) .look-product { display: none }
.look-who:not(:has([value=named]:checked)) .look-named { display: none }
.look-who:not(:has([value=reference]:checked)) .look-code { display: none }
.look-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.look-decision dd b { font-weight: 600 }
.see-sides { display: grid; grid-template-columns: minmax(0, 1fr); gap: 3rem 2.5rem }
.see-side { display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; gap: 1.25rem; min-width: 0 }
.see-shots { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; align-items: start }
.see-shots figure { margin: 0 }
.see-shots figcaption { padding-block-start: .35rem; font-size: .9375rem; color: var(--muted) }
.see-phone { width: 100%; max-width: 24.5rem }
.see-shots .seen-frame[data-width=desk] { aspect-ratio: 1280 / 1500 }
.see-shots .seen-frame[data-width=desk] iframe { height: 1500px }
.see-shots .seen-frame[data-width=phone] { aspect-ratio: 390 / 844 }
.see-shots .seen-frame[data-width=phone] iframe { width: 390px; height: 844px; scale: .89; scale: tan(atan2(100cqi, 390px)); transform-origin: 0 0 }
.see-decision { max-width: 52rem; outline: 0 }
.see-past { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.see-past:focus { position: static; width: auto; height: auto; clip-path: none; grid-column: 1 / -1; justify-self: start; padding-block: .5rem }
@media (min-width: 68rem) {
  .see-sides { grid-template-columns: repeat(2, minmax(0, 1fr)) }
  .see-beside { grid-template-columns: minmax(0, 1fr) minmax(0, 22rem); gap: 2rem }
}
.explain-sides { display: grid; grid-template-columns: minmax(0, 1fr); gap: 2.5rem 3rem; align-items: start }
.explain-steps { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; max-width: 44rem }
.explain-trace { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.75rem; list-style: none }
.explain-trace > li { display: grid; grid-template-columns: minmax(0, 1fr); gap: .5rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line) }
.explain-rules, .explain-held { display: grid; gap: .35rem; list-style: none }
.explain-rules > li { padding-inline-start: .75rem; border-inline-start: 3px solid transparent; color: var(--muted) }
.explain-rules > .explain-matched { border-color: var(--ink); color: var(--ink) }
.explain-text { display: grid; grid-template-columns: minmax(0, 1fr); gap: .5rem; min-width: 0 }
.explain-lines pre { padding: .75rem 1rem; border: 1px solid var(--line); border-inline-start: 3px solid var(--edge); background: var(--paper); font: 400 .875rem/1.55 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; white-space: pre-wrap }
.explain-copy { display: flex; align-items: center; gap: .75rem; padding-block-start: .75rem }
@media (min-width: 72rem) { .explain-sides { grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr) } }
.insight-form .field.narrow { flex: 1 1 9rem }
.insight-wide { overflow-x: auto; position: relative; background: linear-gradient(to left, var(--sheet) 40%, transparent) right / 3rem 100% no-repeat local, linear-gradient(to left, color-mix(in srgb, var(--edge) 35%, transparent), transparent) right / 1rem 100% no-repeat scroll }
.insight-table caption span { display: inline-block; position: sticky; inset-inline-start: 0; max-width: calc(100vw - 2 * var(--side)) }
.insight-table th, .insight-table td { padding-block: .45rem }
.insight-table th[scope=row] { font-weight: 400 }
.insight-table th { min-width: 4.6rem; font-size: .875rem; line-height: 1.35; overflow-wrap: normal }
.insight-table tbody th { min-width: 7.5rem; max-width: 16rem; position: sticky; inset-inline-start: 0; background: var(--sheet) }
.insight-chart { display: none; margin: 0; --chart-1: #1f4e79; --chart-2: #b3541e; --chart-3: #44702f; --chart-4: #7b3f8c }
.insight-chart.insight-drawn { display: grid; overflow: clip; grid-template-columns: minmax(0, 1fr); gap: .5rem }
.insight-chart figcaption { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; color: var(--muted); font-size: .9375rem }
.insight-keys { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; color: var(--ink) }
.insight-keys li { display: flex; align-items: center; gap: .45rem }
.insight-keys li::before { content: ""; width: 1.5rem; border-block-start: 3px solid var(--chart-1) }
.insight-keys li:nth-child(2)::before { border-color: var(--chart-2); border-block-start-style: dashed }
.insight-keys li:nth-child(3)::before { border-color: var(--chart-3); border-block-start-style: dotted }
.insight-keys li:nth-child(4)::before { height: 3px; border: 0; background: repeating-linear-gradient(to right, var(--chart-4) 0 10px, transparent 10px 13px, var(--chart-4) 13px 15px, transparent 15px 18px) }
[data-chart=bars] .insight-keys li::before { height: .7rem; border: 0; background: var(--chart-1) }
[data-chart=bars] .insight-keys li:nth-child(2)::before { background: var(--chart-2) }
.insight-keys:has(li:only-child) { display: none }
.insight-at { min-height: 1.5rem; font-size: .9375rem; color: var(--muted) }
@media (prefers-color-scheme: dark) { .insight-chart { --chart-1: #8fbbe8; --chart-2: #f0a878; --chart-3: #a5cf92; --chart-4: #d3a4e3 } }
.rd-up { margin-block-start: .75rem }
.rd-search { grid-template-columns: minmax(0, 1fr); gap: 1rem; align-items: end }
.rd-search .field, .rd-comp .field { min-width: 0 }
@media (min-width: 40rem) { .rd-search { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto } .rd-wide { grid-column: 1 / -1 } }
.rd-search .hint { font-weight: 400 }
.rd-comp .field.narrow { flex: 0 1 12rem }
.rd-comp input, .rd-comp select, .rd-comp .button { height: 2.875rem }
.rd-give { margin-block-start: 1rem }
.rd-give summary { padding-inline: 0 }
.rd-give[open] { display: grid; gap: .75rem; padding-block-end: 1rem; border-block-end: 1px solid var(--line) }
.rd-give form { display: flex; max-width: none; padding-block: .5rem 0 }
.rd-beside td { overflow-wrap: break-word }
.rd-list > li { display: grid; grid-template-columns: minmax(0, 1fr); gap: .35rem 1.5rem; padding-block: .85rem }
.rd-list small, .rd-list span, .rd-bought small { display: block }
.rd-list > li > div { display: grid; gap: .35rem }
@media (min-width: 40rem) { .rd-list > li { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) } }
.rd-over { color: var(--muted) }
.rd-aside { max-width: 14rem }
.rd-customer, .rd-reads { display: grid; grid-template-columns: minmax(0, 1fr); gap: .75rem; padding-block-start: .85rem; border-block-start: 1px solid var(--line) }
.rd-bought, .rd-ids { display: grid; gap: .5rem; padding-inline-start: 0; list-style: none }
.rd-bought small { color: var(--muted); font-size: .9375rem }
`);

export const consoleStyleHash = styleHash(consoleStyle);
