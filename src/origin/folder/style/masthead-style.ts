/** The house bar, the house's own masthead, the two publications' mastheads, and the colophon. */

export const MASTHEAD_STYLE = `
.house-bar{border-bottom:1px solid var(--rule);font:500 .8125rem/1.3 var(--sans)}
.house-bar-inside{max-width:78rem;margin:0 auto;padding:0 var(--gutter);display:flex;flex-wrap:wrap;gap:0 1.35rem;justify-content:space-between;align-items:center}
.house-bar a{display:inline-block;padding:.8rem 0;text-decoration:none}
.house-bar ul{display:flex;flex-wrap:wrap;gap:0 1.35rem}
.house-bar ul:first-of-type{margin-inline-start:auto}
.house-bar a:hover,.house-bar [aria-current]{text-decoration:underline;text-decoration-color:var(--accent);text-decoration-thickness:2px;text-underline-offset:.45em}
.house-name{font:italic 400 1.05rem/1.2 var(--serif)}
.house-links{font-weight:700}
@media (max-width:36rem){
  .house-bar-inside{gap:0 1rem;padding-block:.3rem}
  .house-name{flex-basis:100%;padding-bottom:.1rem;font-size:1.1rem}
  .house-bar a{padding:.5rem 0}
  .house-bar ul{gap:0 1rem}
  .house-bar ul:first-of-type{margin-inline-start:0}
}

.house-masthead{max-width:78rem;margin:0 auto;padding:clamp(1.75rem,5vw,4rem) var(--gutter) clamp(1.25rem,3vw,2.25rem);text-align:center}
.house-masthead h1{font-weight:400;font-size:clamp(2.9rem,10.5vw,7rem);line-height:.95;letter-spacing:-.035em}
.house-masthead h1 a{text-decoration:none}
.house-tagline{margin-top:.9rem;font-style:italic;font-size:clamp(1.05rem,2.2vw,1.3rem);color:var(--quiet)}
.house-date{display:flex;align-items:center;gap:1rem;margin-top:clamp(1.25rem,3vw,2.25rem);font:600 .75rem/1.3 var(--sans);letter-spacing:.09em;color:var(--quiet)}
.house-date::before,.house-date::after{content:"";flex:1;height:4px;border-block:1px solid var(--rule)}

.masthead-name{line-height:1}
.masthead-name a{text-decoration:none;display:inline-flex;align-items:center;gap:.4em}
.section-links ul{display:flex;flex-wrap:wrap;gap:0 1.6rem}
.section-links a{display:inline-block;padding:.65rem 0;text-decoration:none;font:600 .875rem/1.3 var(--sans)}
.section-links a:hover,.section-links [aria-current]{text-decoration:underline;text-decoration-thickness:2px;text-decoration-color:var(--accent);text-underline-offset:.4em}

[data-character=tidal] .masthead{max-width:78rem;margin:0 auto;padding:clamp(1.2rem,3vw,2rem) var(--gutter) 0;text-align:center}
[data-character=tidal] .masthead-name{font-size:clamp(1.7rem,4.2vw,2.5rem);font-style:italic;font-weight:400;letter-spacing:-.02em}
[data-character=tidal] .masthead-front{padding-top:clamp(1.9rem,5vw,3.75rem)}
[data-character=tidal] .masthead-front .masthead-name{font-size:clamp(2.7rem,9.2vw,6.4rem);line-height:.98;letter-spacing:-.04em}
[data-character=tidal] .masthead-tagline{margin-top:1rem;font-style:italic;font-size:1.15rem;color:var(--quiet)}
.tide-sign{display:block;width:100%;height:18px;margin-top:1.1rem;fill:none;stroke:var(--accent);stroke-width:1.1}
.tide-sign path{vector-effect:non-scaling-stroke}
[data-character=tidal] .masthead .section-links ul{justify-content:center}
[data-character=tidal] .masthead .section-links{border-bottom:1px solid var(--rule);margin-top:.25rem}

[data-character=lamplit] .masthead{padding:clamp(1rem,2.5vw,1.6rem) max(var(--gutter),calc((100vw - 78rem)/2 + var(--gutter))) .35rem;background:radial-gradient(26rem 20rem at calc(var(--gutter) + 4rem) 0,#54406f,#0000),#1d1830;color:#f6efe0}
:root[data-character=lamplit][dir=rtl] .masthead{background:radial-gradient(26rem 20rem at calc(100% - var(--gutter) - 4rem) 0,#54406f,#0000),#1d1830}
[data-character=lamplit] .masthead-name{font:700 clamp(1.35rem,3.4vw,1.9rem)/1 var(--sans);letter-spacing:.02em}
[data-character=lamplit] .masthead-front{padding-top:clamp(2.25rem,6vw,4.75rem);padding-bottom:.6rem}
[data-character=lamplit] .masthead-front .masthead-name{font-size:clamp(2.9rem,10vw,6.6rem);letter-spacing:-.045em}
[data-character=lamplit] .masthead-tagline{margin-top:1.1rem;font:400 1.15rem/1.5 var(--sans);color:#d8cde4}
.lamp-sign{width:1em;height:1em;flex:none;fill:#ffc061}
[data-character=lamplit] .masthead .section-links{margin-top:.55rem}
[data-character=lamplit] .masthead-front .section-links{margin-top:1.6rem;border-top:1px solid #5b4f78}
[data-character=lamplit] .masthead .section-links a:hover,[data-character=lamplit] .masthead [aria-current]{text-decoration-color:#ffc061}
[data-character=lamplit] .masthead a:focus-visible{outline-color:#ffc061}

.colophon{margin-top:clamp(4rem,9vw,7rem);border-top:4px double var(--rule);font:400 .9375rem/1.6 var(--sans);color:var(--quiet)}
.colophon-inside{max-width:78rem;margin:0 auto;padding:2.5rem var(--gutter) 3.5rem;display:grid;gap:2rem 3rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,16rem),1fr))}
.colophon p+p{margin-top:.35rem}
.colophon a{display:inline-block;padding:.2rem 0}
.colophon-name{font:italic 400 1.5rem/1.2 var(--serif);color:var(--ink)}
.colophon-name a,.colophon-publication a{text-decoration:none}
.colophon-publication{font-weight:700;color:var(--ink)}
`;
