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
  color: var(--gf-accent) !important;
  text-decoration: underline !important;
  text-decoration-thickness: 1px !important;
  text-underline-offset: .2em !important;
  cursor: pointer !important
}
::slotted(a:focus-visible) {
  outline: 3px solid var(--gf-accent) !important;
  outline-offset: 3px !important;
  border-radius: 2px !important
}
.frame {
  --gf-ink: var(--gatefold-ink, #1c1a17);
  --gf-muted: var(--gatefold-muted, #625d54);
  --gf-background: var(--gatefold-background, #faf8f5);
  --gf-line: var(--gatefold-line, #dedad2);
  --gf-accent: var(--gatefold-accent, var(--gf-ink));
  --gf-on-accent: var(--gatefold-on-accent, #fff);
  --gf-display-font: var(--gatefold-display-font, "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Georgia, "Noto Serif", "Songti SC", "Noto Serif CJK SC", SimSun, "Noto Naskh Arabic", "Geeza Pro", serif);
  box-sizing: border-box;
  inline-size: 100%;
  max-inline-size: var(--gatefold-width, 48em);
  margin-inline: auto;
  color: var(--gf-ink);
  font: 400 1em/1.55 var(--gatefold-font, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans Arabic", sans-serif);
  text-align: start;
  overflow-wrap: anywhere;
  -webkit-text-size-adjust: 100%
}
@supports (color: light-dark(#000, #fff)) {
  .frame {
    --gf-ink: var(--gatefold-ink, light-dark(#1c1a17, #efebe4));
    --gf-muted: var(--gatefold-muted, light-dark(#625d54, #aba59a));
    --gf-background: var(--gatefold-background, light-dark(#faf8f5, #201e1b));
    --gf-line: var(--gatefold-line, light-dark(#dedad2, #3a3732));
    --gf-on-accent: var(--gatefold-on-accent, light-dark(#fff, #171512))
  }
}
@media print { :host { color-scheme: light !important } }
`;

export const promptStyle = styleText(`${base}
:host { margin-block: 2.5em !important }
.sheet {
  position: relative;
  padding: 2.25em clamp(1.25em, 6%, 2.75em) 2em;
  background: var(--gf-background);
  border-block-start: 2px solid var(--gf-ink);
  border-block-end: 1px solid var(--gf-line)
}
.sheet::before {
  content: "";
  position: absolute;
  inset: 0 0 auto;
  block-size: 2em;
  background: linear-gradient(color-mix(in srgb, var(--gf-ink) 9%, transparent), transparent);
  pointer-events: none
}
:where(.sheet) :is(p, h2, ul) { margin: 0; padding: 0 }
.publication { color: var(--gf-muted); font-size: .875em; font-weight: 600; margin-block-end: .6em }
.sheet h2 { font: 600 1.75em/1.25 var(--gf-display-font); text-wrap: balance }
:host(:lang(zh)) .sheet h2 { font-size: 1.5em; text-wrap: wrap }
:host(:lang(ar)) .sheet h2 { line-height: 1.5 }
.why { margin-block-start: .6em; color: var(--gf-muted); text-wrap: pretty }
.sheet ul { list-style: none; margin-block-start: 1.4em; border-block-start: 1px solid var(--gf-line) }
.sheet li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5em; padding-block: .7em; border-block-end: 1px solid var(--gf-line) }
.sheet b { font-weight: 600 }
.sheet small { flex-basis: 100%; font-size: .875em; color: var(--gf-muted) }
.ways { display: flex; flex-wrap: wrap; align-items: center; gap: 1em 1.5em; margin-block-start: 1.5em }
.other-way { color: var(--gf-muted) }
.reference { margin-block-start: 1.5em; color: var(--gf-muted); font-size: .8125em }
.seen-mark { display: block; width: 1px; height: 1px; margin-block-end: -1px; opacity: 0 }
::slotted(a[slot=subscribe]) {
  display: inline-flex !important;
  box-sizing: border-box !important;
  align-items: center !important;
  justify-content: center !important;
  min-block-size: 2.9em !important;
  padding: .6em 1.6em !important;
  border: 1px solid transparent !important;
  border-radius: var(--gatefold-radius, 2px) !important;
  background: var(--gf-accent) !important;
  color: var(--gf-on-accent) !important;
  font-weight: 600 !important;
  text-align: center !important;
  text-decoration: none !important
}
::slotted(a[slot=subscribe]:hover) { background: color-mix(in srgb, var(--gf-accent) 86%, var(--gf-background)) !important }
.other-way ::slotted(a) { padding-block: .55em !important }
@media print { .ways, .sheet ul { display: none } .sheet::before { content: none } }
`);

export const noticeStyle = styleText(`${base}
:host { margin-block: 0 1.5em !important }
.frame {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 0 1.25em;
  justify-content: space-between;
  max-inline-size: none;
  padding-block: .5em;
  border-block: 1px solid var(--gf-line);
  background: var(--gf-background);
  padding-inline: .9em;
  font-size: .875em
}
:host([data-at=foot]) {
  position: sticky !important;
  inset-block-end: 0 !important;
  z-index: 2147483000 !important;
  margin-block: 0 !important
}
:host([data-at=foot]) .frame {
  max-inline-size: none;
  padding-inline: max(.9em, (100% - var(--gatefold-width, 48em)) / 2);
  border-block-end: 0
}
p { margin: 0; padding-block: .25em }
::slotted(a) { padding-block: .4em !important; font-weight: 600 !important }
@media print { :host { display: none !important } }
`);

/** Classes with a prefix: on AMP pages the cards stand in the page itself, where a site may well style a `.card`. */
const cards = `
.gatefold-card-set { margin-block-start: 3em }
.gatefold-card-set h2 { margin: 0; padding-block: .6em 0; border-block-start: 2px solid var(--gf-ink); font: 600 1.25em/1.3 var(--gf-display-font) }
.gatefold-card-grid { display: grid; align-items: start; grid-template-columns: repeat(auto-fit, minmax(min(11.5em, 100%), 1fr)); gap: 2em 1.75em; margin-block-start: 1.25em }
.gatefold-card { position: relative; text-align: start }
.gatefold-card p { margin: 0; font-size: .875em; color: var(--gf-muted) }
.gatefold-card-facts [lang] { white-space: nowrap }
.gatefold-card .gatefold-card-excerpt { margin-block-start: .5em; line-height: 1.6 }
.gatefold-card-excerpt::after { content: "…" }
.gatefold-card h3 { margin: .35em 0 0; font: 600 1.125em/1.35 var(--gf-display-font); text-wrap: balance }
.gatefold-card h3 a { color: inherit; text-decoration: none }
.gatefold-card h3 a::after { content: ""; position: absolute; inset: 0 }
.gatefold-card h3 a:hover { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .2em }
.gatefold-card h3 a:focus-visible { outline: none }
.gatefold-card h3 a:focus-visible::after { outline: 3px solid var(--gf-accent); outline-offset: 4px }
@media print { .gatefold-card-set { display: none } }
`;

/** Beside the prompt's sheet, in the prompt's own shadow tree. */
export const cardsStyle = styleText(cards);

/** For cards that stand by themselves, after a whole article. */
export const moreFromStyle = styleText(`${base}
:host { margin-block: 3em !important }
${cards}
.frame > .gatefold-card-set:first-child { margin-block-start: 0 }
`);

/** `style-src` sources, with spaces between, for a page that holds any of these; its own policy has to name them. */
export const promptStyleHash = styleHash(promptStyle);
export const isolatedStyleHashes = [promptStyle, noticeStyle, cardsStyle, moreFromStyle]
  .map(styleHash)
  .join(' ');
