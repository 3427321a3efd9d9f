/** The looks of everything that stands inside another site's page, behind a shadow root. */
import { styleHash, styleText } from './style-text.ts';

/**
 * Between a page and a shadow tree inside it, important rules of the inner tree win. So `:host` and `::slotted` take all
 * that a site could set away with `!important`; what is not important a site may theme through `--gatefold-*` alone.
 * The host fills its line (and every column of a grid), since an `initial` one would land in a gutter; as a flex box it
 * takes no `::first-letter` from outside.
 */
const base = `
:host {
  all: initial !important;
  display: flex !important;
  flex-direction: column !important;
  box-sizing: border-box !important;
  clear: both !important;
  grid-column: 1 / -1 !important;
  inline-size: 100% !important;
  min-inline-size: 0 !important;
  direction: ltr !important;
  unicode-bidi: isolate !important;
  break-inside: avoid !important;
  color-scheme: var(--gatefold-color-scheme, inherit) !important
}
:host([dir=rtl]) { direction: rtl !important }
:host::before, :host::after { content: none !important; display: none !important }
::slotted(*) {
  all: initial !important;
  font: inherit !important;
  color: inherit !important;
  color-scheme: inherit !important;
  direction: inherit !important;
  cursor: inherit !important;
  unicode-bidi: isolate !important
}
::slotted(*)::before { content: none !important; display: none !important }
::slotted(*)::after { content: none !important; display: none !important }
::slotted(a) {
  color: var(--a) !important;
  text-decoration: underline !important;
  text-decoration-thickness: 1px !important;
  text-underline-offset: .2em !important;
  cursor: pointer !important
}
::slotted(a:focus-visible) {
  outline: 3px solid var(--a) !important;
  outline-offset: 3px !important;
  border-radius: 2px !important
}
.g {
  --i: var(--gatefold-ink, #1c1a17);
  --m: var(--gatefold-muted, #625d54);
  --b: var(--gatefold-background, #faf8f5);
  --l: var(--gatefold-line, #dedad2);
  --a: var(--gatefold-accent, var(--i));
  --o: var(--gatefold-on-accent, #fff);
  --d: var(--gatefold-display-font, "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Georgia, "Noto Serif", "Songti SC", "Noto Serif CJK SC", SimSun, "Noto Naskh Arabic", "Geeza Pro", serif);
  box-sizing: border-box;
  inline-size: 100%;
  max-inline-size: var(--gatefold-width, 48em);
  margin-inline: auto;
  color: var(--i);
  font: 400 1em/1.55 var(--gatefold-font, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans Arabic", sans-serif);
  text-align: start;
  overflow-wrap: anywhere;
  -webkit-text-size-adjust: 100%
}
@supports (color: light-dark(#000, #fff)) {
  .g {
    --i: var(--gatefold-ink, light-dark(#1c1a17, #efebe4));
    --m: var(--gatefold-muted, light-dark(#625d54, #aba59a));
    --b: var(--gatefold-background, light-dark(#faf8f5, #201e1b));
    --l: var(--gatefold-line, light-dark(#dedad2, #3a3732));
    --o: var(--gatefold-on-accent, light-dark(#fff, #171512))
  }
}
@media print { :host { color-scheme: light !important } }
`;

export const promptStyle = styleText(`${base}
:host { margin-block: 2.5em !important }
.p {
  position: relative;
  padding: 2.25em clamp(1.25em, 6%, 2.75em) 2em;
  background: var(--b);
  border-block-start: 2px solid var(--i);
  border-block-end: 1px solid var(--l)
}
.p::before {
  content: "";
  position: absolute;
  inset: 0 0 auto;
  block-size: 2em;
  background: linear-gradient(color-mix(in srgb, var(--i) 9%, transparent), transparent);
  pointer-events: none
}
p, h2, ul { margin: 0; padding: 0 }
.k { color: var(--m); font-size: .875em; font-weight: 600; margin-block-end: .6em }
.p h2 { font: 600 1.75em/1.25 var(--d); text-wrap: balance }
:host(:lang(zh)) .p h2 { font-size: 1.5em; text-wrap: wrap }
:host(:lang(ar)) .p h2 { line-height: 1.5 }
.w { margin-block-start: .6em; color: var(--m); text-wrap: pretty }
ul { list-style: none; margin-block-start: 1.4em; border-block-start: 1px solid var(--l) }
li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5em; padding-block: .7em; border-block-end: 1px solid var(--l) }
b { font-weight: 600 }
small { flex-basis: 100%; font-size: .875em; color: var(--m) }
.c { display: flex; flex-wrap: wrap; align-items: center; gap: 1em 1.5em; margin-block-start: 1.5em }
.s { color: var(--m) }
.n { margin-block-start: 1.5em; color: var(--m); font-size: .8125em }
.m { display: block; width: 1px; height: 1px; margin-block-end: -1px; opacity: 0 }
::slotted(a[slot=subscribe]) {
  display: inline-flex !important;
  box-sizing: border-box !important;
  align-items: center !important;
  justify-content: center !important;
  min-block-size: 2.9em !important;
  padding: .6em 1.6em !important;
  border: 1px solid transparent !important;
  border-radius: var(--gatefold-radius, 2px) !important;
  background: var(--a) !important;
  color: var(--o) !important;
  font-weight: 600 !important;
  text-align: center !important;
  text-decoration: none !important
}
::slotted(a[slot=subscribe]:hover) { background: color-mix(in srgb, var(--a) 86%, var(--b)) !important }
.s ::slotted(a) { padding-block: .55em !important }
@media print { .c, ul { display: none } .p::before { content: none } }
`);

export const noticeStyle = styleText(`${base}
:host { margin-block: 0 1.5em !important }
.g {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 0 1.25em;
  justify-content: space-between;
  max-inline-size: none;
  padding-block: .5em;
  border-block: 1px solid var(--l);
  background: var(--b);
  padding-inline: .9em;
  font-size: .875em
}
p { margin: 0; padding-block: .25em }
::slotted(a) { padding-block: .4em !important; font-weight: 600 !important }
@media print { :host { display: none !important } }
`);

const cards = `
.m { margin-block-start: 3em }
.m h2 { margin: 0; padding-block: .6em 0; border-block-start: 2px solid var(--i); font: 600 1.25em/1.3 var(--d) }
.m > div { display: grid; align-items: start; grid-template-columns: repeat(auto-fit, minmax(min(11.5em, 100%), 1fr)); gap: 2em 1.75em; margin-block-start: 1.25em }
.m article { position: relative; text-align: start }
.m p { margin: 0; font-size: .875em; color: var(--m) }
.m p [lang] { white-space: nowrap }
.m .x { margin-block-start: .5em; line-height: 1.6 }
.m .x::after { content: "…" }
.m h3 { margin: .35em 0 0; font: 600 1.125em/1.35 var(--d); text-wrap: balance }
.m h3 a { color: inherit; text-decoration: none }
.m h3 a::after { content: ""; position: absolute; inset: 0 }
.m h3 a:hover { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .2em }
.m h3 a:focus-visible { outline: none }
.m h3 a:focus-visible::after { outline: 3px solid var(--a); outline-offset: 4px }
@media print { .m { display: none } }
`;

/** Beside the prompt's sheet, in the prompt's own shadow tree. */
export const cardsStyle = styleText(cards);

/** For cards that stand by themselves, after a whole article. */
export const moreFromStyle = styleText(`${base}
:host { margin-block: 3em !important }
${cards}
.g > .m:first-child { margin-block-start: 0 }
`);

/** `style-src` sources for a page that holds any of these; the policy of the site itself has to name them. */
export const promptStyleHash = styleHash(promptStyle);
export const isolatedStyleHashes: readonly string[] = [
  promptStyle,
  noticeStyle,
  cardsStyle,
  moreFromStyle,
].map(styleHash);
