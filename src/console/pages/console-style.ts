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
`);

export const consoleStyleHash = styleHash(consoleStyle);
