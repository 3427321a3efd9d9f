/** The print view's style, kept inside its page so that a saved copy stays whole. */
import { SERIF } from './base-style.ts';

export const PRINT_STYLE = `
body{margin:0 auto;max-width:42rem;padding:2rem 1.5rem 4rem;background:#fff;color:#111;font:1.0625rem/1.6 ${SERIF}}
@page{margin:2cm}
@media print{body{padding:0;font-size:11pt}}
.article-kicker{margin:0 0 1.5rem;padding-bottom:.5rem;border-bottom:1px solid #111;font-style:italic}
h1{margin:0;font-size:2.3rem;line-height:1.1;font-weight:600;letter-spacing:-.015em}
h1:lang(zh),h1:lang(ar){letter-spacing:0;line-height:1.35}
.article-summary{margin:.7rem 0 0;font-size:1.15rem;line-height:1.45;color:#444}
.article-byline{display:flex;flex-wrap:wrap;gap:0 1.1rem;margin:1rem 0 2rem;padding-bottom:.8rem;border-bottom:1px solid #bbb;font-size:.9rem;color:#444}
.article-author{font-weight:600;color:#111}
.article-body :is(h2,h3){margin:1.8em 0 .4em;line-height:1.25;break-after:avoid}
.article-body p{margin:0 0 1em;orphans:3;widows:3}
.article-body:lang(ar){line-height:1.95}
.article-body blockquote{margin:1.5em 2em;font-style:italic}
.article-body:is(:lang(zh),:lang(ar)) blockquote{font-style:normal}
.article-body :is(table,pre,figure,blockquote){break-inside:avoid}
.article-body table{width:100%;border-collapse:collapse;font-size:.88em}
.article-body :is(th,td){padding:.4em .7em .4em 0;border-bottom:1px solid #bbb;text-align:start;vertical-align:top}
.article-body pre{white-space:pre-wrap;font-size:.82em;border-inline-start:2px solid #111;padding-inline-start:1em;direction:ltr;text-align:left}
.article-body img{max-width:100%;height:auto}
footer{margin-top:2.5rem;padding-top:.7rem;border-top:1px solid #111;font-size:.85rem}
footer a{color:inherit;overflow-wrap:anywhere}
`;
