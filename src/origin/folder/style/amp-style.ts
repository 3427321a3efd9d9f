/** The AMP form's style: the article page's, as far as AMP lets one stylesheet go. */
import type { SitePublication } from '../site-schema.ts';
import { SANS, SERIF } from './base-style.ts';

export const ampStyle = ({ accent, character }: SitePublication): string => `
:root{color-scheme:light dark;--paper:#fbfaf6;--ink:#1d1b18;--quiet:#5f5a52;--rule:#dcd6ca;--accent:${accent?.light ?? '#7a2e1f'}}
@media (prefers-color-scheme:dark){:root{--paper:#141312;--ink:#ebe6dc;--quiet:#aaa398;--rule:#37332e;--accent:${accent?.dark ?? '#e79b83'}}}
body{margin:0;background:var(--paper);color:var(--ink);font:1.125rem/1.65 ${SERIF}}
main{max-width:40rem;margin:0 auto;padding:1.25rem 1.15rem 4rem}
.article-kicker{margin:0;font:600 .875rem/1.4 ${SANS}}
.article-kicker a{color:var(--accent);text-decoration:none}
h1{margin:.5rem 0 0;font-family:${character === 'lamplit' ? SANS : SERIF};font-size:2.4rem;line-height:1.06;font-weight:${character === 'lamplit' ? 700 : 500}}
.article-summary{margin:1rem 0 0;font-size:1.2rem;line-height:1.45;color:var(--quiet)}
.article-byline{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:1.2rem 0;font:.9rem/1.5 ${SANS};color:var(--quiet)}
.article-author{font-weight:700;color:var(--ink)}
.article-body{margin-top:1.5rem}
.article-body a{color:inherit;text-decoration-color:var(--accent)}
.article-body blockquote{margin:1.8em 0;font-size:1.35em;line-height:1.35;font-style:italic;color:var(--accent)}
.article-body pre,.table-scroll{overflow-x:auto}
.article-body table{width:100%;border-collapse:collapse;font:.85em/1.45 ${SANS}}
.article-body th,.article-body td{padding:.5em .8em .5em 0;border-bottom:1px solid var(--rule);text-align:start;vertical-align:top}
`;
