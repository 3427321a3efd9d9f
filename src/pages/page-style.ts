/** The looks of Gatefold's own pages: an opened spread, words on the left page, what to do on the right, a fold between. */
import { styleHash, styleText } from './style-text.ts';

export const pageStyle = styleText(`
:root {
  color-scheme: light dark;
  --paper: #fbfaf7;
  --sheet: #ffffff;
  --ink: #1b1916;
  --muted: #625d54;
  --line: #dcd7cd;
  --edge: #8c867a;
  --fault: #9c2f1c;
  --band: #f2d98b;
  --shade: #1b1916;
  --side: max(clamp(1.25rem, 5vw, 4rem), (100vw - 76rem) / 2);
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Georgia, "Noto Serif", "Songti SC", "Noto Serif CJK SC", SimSun, "Noto Naskh Arabic", "Geeza Pro", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans Arabic", sans-serif
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171614;
    --sheet: #211f1c;
    --ink: #efebe4;
    --muted: #aba59a;
    --line: #3a3732;
    --edge: #7d776c;
    --fault: #f0a18e;
    --band: #574714;
    --shade: #000000
  }
}
*, *::before, *::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body {
  margin: 0;
  min-height: 100vh;
  min-height: 100dvh;
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  grid-template-rows: auto 1fr auto;
  background: var(--paper);
  color: var(--ink);
  font: 400 1.0625rem/1.6 var(--sans);
  overflow-wrap: anywhere
}
h1, h2, p, ul, form { margin: 0; padding: 0 }
h1 { font: 500 clamp(2.125rem, 1.5rem + 3vw, 3.5rem)/1.12 var(--serif); text-wrap: balance }
:lang(zh) h1 { text-wrap: wrap }
:lang(ar) h1 { line-height: 1.35 }
h2 { font: 600 1.25rem/1.35 var(--serif) }
a { color: inherit; text-decoration-thickness: 1px; text-underline-offset: .22em }
a:hover { text-decoration-thickness: 2px }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; border-radius: 2px }
.skip { position: absolute; inset-inline-start: 1rem; inset-block-start: -6rem; padding: .75rem 1rem; background: var(--ink); color: var(--paper); z-index: 1 }
.skip:focus { inset-block-start: 1rem }
.band { padding: .5rem var(--side); background: var(--band); color: var(--ink); font-size: .9375rem; text-align: center; text-wrap: balance }
.band a { display: inline-block; white-space: nowrap }
body:has(> .band) { grid-template-rows: auto auto 1fr auto }
.top, .foot { padding: 1.25rem var(--side) }
.top { border-block-end: 1px solid var(--line) }
.name { display: inline-block; padding-block: .25rem; font: 600 1.25rem/1.35 var(--serif); text-decoration: none }
.foot { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; border-block-start: 1px solid var(--line); color: var(--muted); font-size: .9375rem }
.foot a { display: inline-block; padding-block: .35rem }
.foot small { flex-basis: 100%; font-size: .8125rem }
main { display: grid; grid-template-columns: minmax(0, 1fr); grid-template-rows: auto 1fr }
.verso, .recto { padding: clamp(2.5rem, 7vw, 6rem) var(--side) }
.verso { padding-block-end: clamp(2rem, 5vw, 3rem) }
.verso > *, .recto > * { max-width: 30rem }
.lead, .aside { text-wrap: pretty }
.lead { margin-block-start: 1.25rem; font: 400 1.1875rem/1.55 var(--serif); color: var(--muted) }
.aside { margin-block-start: 1rem; color: var(--muted) }
.recto { position: relative; background: var(--sheet); display: grid; align-content: start; gap: 2.25rem }
.recto::before { content: ""; position: absolute; inset: 0 0 auto; max-width: none; height: 2.5rem; background: linear-gradient(color-mix(in srgb, var(--shade) 7%, transparent), transparent); pointer-events: none }
@media (min-width: 56rem) {
  main { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); grid-template-rows: minmax(0, 1fr) }
  .verso { padding-inline-end: 3rem }
  .recto { padding-inline-start: clamp(3rem, 6vw, 5.5rem) }
  .recto::before { inset: 0 auto 0 0; width: 4rem; height: auto; background: linear-gradient(to right, color-mix(in srgb, var(--shade) 7%, transparent), transparent) }
  [dir=rtl] .recto::before { inset: 0 0 0 auto; transform: scaleX(-1) }
}
.stack { display: grid; gap: 1.25rem }
.field { display: grid; gap: .4rem }
label { font-weight: 600 }
input {
  width: 100%;
  min-height: 3.25rem;
  padding: .75rem .9rem;
  border: 1px solid var(--edge);
  border-radius: 2px;
  background: var(--paper);
  color: var(--ink);
  font: inherit
}
.code { font-size: 1.375rem; letter-spacing: .2em; font-variant-numeric: tabular-nums; direction: ltr }
.button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  width: 100%;
  min-height: 3.25rem;
  padding: .75rem 1.75rem;
  border: 1px solid var(--ink);
  border-radius: 2px;
  background: var(--ink);
  color: var(--paper);
  font: 600 1.0625rem/1.3 var(--sans);
  text-align: center;
  text-decoration: none;
  cursor: pointer
}
.button:hover { background: color-mix(in srgb, var(--ink) 86%, var(--paper)) }
.quiet { background: transparent; color: var(--ink) }
.quiet:hover { background: color-mix(in srgb, var(--ink) 7%, transparent) }
.small { width: auto; min-height: 2.75rem; padding: .5rem 1rem; font-size: .9375rem; border-color: var(--edge) }
@media (min-width: 30rem) { .button { width: auto; justify-self: start } }
.fault { padding-inline-start: 1rem; border-inline-start: 3px solid var(--fault); color: var(--fault) }
.note { padding-inline-start: 1rem; border-inline-start: 3px solid var(--edge) }
.rows { list-style: none; border-block-start: 1px solid var(--line) }
.rows > li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .75rem 1.5rem; padding-block: 1.1rem; border-block-end: 1px solid var(--line) }
.rows > li > div { flex: 1 1 12rem }
.rows > li > .buy { flex: 0 1 auto; display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .75rem 1.5rem }
.rows > li > .buy:has(form) { flex-basis: 100% }
.rows > li > .buy:empty, .cost:empty { display: none }
.actions { display: flex; flex-wrap: wrap; gap: .75rem }
.rows > li > .actions { flex: 0 1 auto }
.rows > li > .actions:has(form + form) { flex-basis: 100% }
.rows > li > .actions:empty { display: none }
.tick { display: flex; align-items: start; gap: .75rem }
.tick input { flex: none; width: 1.5rem; min-height: 1.5rem; margin-block: .1rem; padding: 0; accent-color: var(--ink) }
.rows b { display: block; font: 600 1.125rem/1.4 var(--serif) }
.rows small, .hint { font-size: .9375rem; color: var(--muted) }
.rows small { display: block }
.rows small.fault { margin-block-start: .35rem; color: var(--fault) }
.price { font: 400 1.125rem/1.4 var(--serif) }
code { font: 400 .9375em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; direction: ltr; unicode-bidi: isolate }
@media print { .top, .foot, .skip, .recto::before { display: none } }
`);

export const pageStyleHash = styleHash(pageStyle);
