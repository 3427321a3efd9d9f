/** The looks of the sandbox's pages: Gatefold's own spread, a band that says it is play, and what forms and lists need besides. */
import { pageStyle } from '../../pages/page-style.ts';
import { styleHash, styleText } from '../../pages/style-text.ts';

export const sandboxStyle =
  pageStyle +
  styleText(`
:root { --good: #1f6b3f; --warn: #8a5200 }
@media (prefers-color-scheme: dark) { :root { --good: #8fd6a8; --warn: #f0c274 } }
.band b { font-weight: 700 }
h3 { margin: 0; font: 600 1.125rem/1.4 var(--serif) }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0; display: grid; gap: 1.25rem }
legend { padding: 0; margin-block-end: .75rem; font: 600 1.25rem/1.35 var(--serif) }
legend.minor { margin-block-end: .4rem; font: 600 1.0625rem/1.6 var(--sans) }
dl, dd, dt { margin: 0 }
.foot { align-items: baseline }
.payment { margin-block-start: 1rem }
.verso, .recto { padding-block: clamp(2rem, 5vw, 4.5rem) }
.back { display: inline-block; margin-block-end: 1.5rem; padding-block: .25rem; color: var(--muted) }
.sum { margin-block-start: 2rem; border-block-start: 1px solid var(--line) }
.sum > div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; padding-block: .8rem; border-block-end: 1px solid var(--line) }
.sum dt { flex: 1 1 9rem }
.sum dt small { display: block; color: var(--muted); font-size: .9375rem }
.sum dd { max-width: 100%; text-align: end; font-variant-numeric: tabular-nums }
.sum .total { font-weight: 600 }
.verso > form { margin-block-start: 1.5rem }
.line { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end }
.line > .field { flex: 1 1 11rem }
.line:has(.fault) { align-items: start }
.line:has(.fault) > .button { margin-block-start: 2.1rem }
.line > .button { flex: none; width: auto; min-height: 3.25rem }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(9rem, 100%), 1fr)); gap: 1.25rem }
input[type=radio], input[type=checkbox] { flex: none; width: 1.25rem; min-height: 0; height: 1.25rem; margin: .15rem 0 0; padding: 0; accent-color: var(--ink) }
input[aria-invalid=true] { border-color: var(--fault); box-shadow: inset 0 0 0 1px var(--fault) }
.number { font-variant-numeric: tabular-nums; direction: ltr }
.panel, .stack, .field, fieldset { grid-template-columns: minmax(0, 1fr) }
.field { align-content: start; min-width: 0 }
.field > .fault { margin-block-start: .1rem; font-size: .9375rem; font-weight: 400 }
.note { padding-inline-start: 1rem; border-inline-start: 3px solid var(--good) }
.picks { display: grid; border: 1px solid var(--edge); border-radius: 2px; background: var(--paper) }
.picks > label, .picks > details > label { display: flex; gap: .75rem; align-items: start; padding: .7rem .9rem; font-weight: 400; line-height: 1.4; cursor: pointer }
.picks > * + *, .picks > details > label { border-block-start: 1px solid var(--line) }
.picks label:has(:checked) { background: color-mix(in srgb, var(--ink) 7%, transparent) }
.picks label:hover { background: color-mix(in srgb, var(--ink) 4%, transparent) }
.picks small { display: block; color: var(--muted); font-size: .9375rem }
.picks label > span { flex: 1 }
.picks summary { padding: .7rem .9rem; cursor: pointer; color: var(--muted) }
.payment:has([name=payment]:checked:not([value=card])) .by-card,
.payment:has([name=payment]:checked:not([value=bank-debit])) .by-debit { display: none }
.card:has([name=card]:checked:not([value=typed])) .typed-number,
.debit:has([name=account]:checked:not([value=typed])) .typed-iban { display: none }
.actions { display: flex; flex-wrap: wrap; gap: .75rem }
.sub { display: grid; gap: .75rem; padding-block: 1.25rem; border-block-end: 1px solid var(--line) }
.subs { border-block-start: 1px solid var(--line) }
.state { display: inline-block; padding: .1rem .55rem; border: 1px solid currentcolor; border-radius: 2px; font: 600 .875rem/1.4 var(--sans); color: var(--muted) }
.state.good { color: var(--good) }
.state.warn { color: var(--warn) }
.state.bad { color: var(--fault) }
.price b { font-weight: 600 }
.wide > .recto > * { max-width: 46rem }
.clock { margin-block-start: .5rem; font: 500 1.375rem/1.35 var(--serif) }
.panel { display: grid; gap: 1rem; margin-block-start: 2.5rem }
.tight { gap: .5rem }
.check { display: flex; gap: .75rem; align-items: start; font-weight: 400 }
.rows > .event { align-items: start }
@media (max-width: 30rem) { .rows > .event > div { flex-basis: 100% } }
.spoken { margin-block-start: 1.5rem; padding: .25rem .5rem .25rem 1rem }
.recto > .spoken, .recto > .sum { margin-block-start: 0 }
.event code { font-size: 1rem }
.event ul { list-style: none; margin-block-start: .35rem; font-size: .9375rem }
@media (min-width: 56rem) {
  .wide { grid-template-columns: minmax(0, 5fr) minmax(0, 7fr) }
}
`);

export const sandboxStyleHash = styleHash(sandboxStyle);
