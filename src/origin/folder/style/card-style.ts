/** Cards and the pages made of them. */

export const CARD_STYLE = `
.card{position:relative;min-width:0}
.card-art{display:block;width:100%;aspect-ratio:8/5;object-fit:cover;background:var(--rule);border-radius:2px}
.card-kicker{margin-top:.95rem;font:600 .8125rem/1.4 var(--sans);color:var(--quiet)}
.card-kicker span:first-child{color:var(--accent)}
.card-title{margin-top:.4rem;font-weight:600;font-size:1.5rem;line-height:1.18;letter-spacing:-.012em;text-wrap:balance}
.card-title a{text-decoration:none}
.card-title a::after{content:"";position:absolute;inset:0}
.card:hover .card-title a{text-decoration:underline;text-decoration-color:var(--accent)}
.card-excerpt{margin-top:.55rem;color:var(--quiet);font-size:1rem;line-height:1.6}
.card-excerpt:not(:empty)::after{content:"…"}
.card :lang(zh),.card :lang(ja),.card :lang(ar){letter-spacing:0}

.cards{display:grid;gap:clamp(2.25rem,4vw,3.25rem) clamp(1.5rem,3vw,2.5rem);grid-template-columns:repeat(auto-fill,minmax(min(100%,18.5rem),1fr))}
.card-lead{padding-bottom:clamp(2rem,4vw,3.25rem)}
.card-lead .card-title{font-size:clamp(2.1rem,5.4vw,3.7rem);line-height:1.04;letter-spacing:-.028em;font-weight:500}
.card-lead .card-excerpt{font-size:clamp(1.06rem,1.5vw,1.2rem);max-width:40rem;margin-top:.9rem}
.masthead-front+main .card-lead,.masthead+main{padding-top:clamp(1.5rem,3.5vw,2.75rem)}
@media (min-width:56rem){
  .card-lead{display:grid;grid-template-columns:7fr 5fr;gap:clamp(2rem,4vw,3.5rem);align-items:center}
  .card-lead .card-kicker{margin-top:0}
  .card-lead .card-art{aspect-ratio:4/3}
}
[data-character=lamplit] .card-title,.card[data-publication] .card-title{font-family:var(--heading,var(--serif))}
[data-character=lamplit] .card-title{font-weight:700;letter-spacing:-.022em;font-size:1.36rem}
[data-character=lamplit] .card-lead .card-title{font-size:clamp(2rem,4.9vw,3.3rem);font-weight:700;letter-spacing:-.035em}

.publication-block{padding-top:clamp(1.5rem,3vw,2.25rem);margin-top:clamp(1.5rem,3vw,2.5rem)}
.block-head{display:grid;gap:.1rem 2rem;margin-bottom:1.75rem}
.block-head h2{line-height:1.05;font-size:clamp(1.9rem,4.6vw,2.9rem)}
.block-head h2 a{text-decoration:none}
.block-head p{color:var(--quiet);font-size:1.06rem}
@media (min-width:56rem){
  .block-head{grid-template-columns:1fr auto;align-items:end}
  .block-head p{grid-row:2}
  .block-head .section-links{grid-row:2;grid-column:2}
}
.publication-block[data-character=tidal]{border-top:1px solid var(--accent)}
.publication-block[data-character=tidal] h2{font-weight:400;font-style:italic;letter-spacing:-.025em}
.publication-block[data-character=tidal] .card-title{font-style:normal}
.publication-block[data-character=lamplit]{--paper:#1b172c;--ink:#f6efe0;--quiet:#c3b8d3;--rule:#463c62;--accent:#ffc061;background:radial-gradient(40rem 26rem at 12% 0,#44345f,#0000),var(--paper);color:var(--ink);margin-inline:calc(50% - 50vw);padding:clamp(2.25rem,5vw,4rem) max(var(--gutter),calc((100vw - 78rem)/2 + var(--gutter)))}
.publication-block[data-character=lamplit] .card{--accent:#ffc061}
.publication-block[data-character=lamplit] h2{font:700 clamp(1.9rem,4.6vw,2.9rem)/1.05 var(--sans);letter-spacing:-.035em}
.publication-block[data-character=lamplit] .block-head p{font-family:var(--sans)}

.subjects{margin-top:clamp(3rem,6vw,4.5rem)}
.subjects h2{font:600 .8125rem/1.3 var(--sans);color:var(--quiet)}
.subjects ul{display:flex;flex-wrap:wrap;gap:.1rem 1.5rem;margin-top:.6rem}
.subjects a{display:inline-block;padding:.3rem 0;font-size:clamp(1.35rem,2.6vw,1.8rem);font-style:italic;text-decoration:none}
.subjects a:hover{text-decoration:underline;text-decoration-color:var(--accent)}

.listing-head{padding:clamp(1rem,4vw,2.75rem) 0 clamp(1.75rem,4vw,3rem)}
.listing-head p:first-child{font:600 .8125rem/1.3 var(--sans);color:var(--accent);margin-bottom:.5rem}
.listing-head h1{font:400 clamp(2.6rem,8vw,5rem)/1 var(--heading,var(--serif));letter-spacing:-.035em;text-wrap:balance}
.listing-head h1::first-letter{text-transform:uppercase}
[data-character=lamplit] .listing-head h1{font-weight:700;letter-spacing:-.045em}
.listing-note{max-width:var(--measure);margin-top:1.1rem;font-size:1.15rem}
@media (min-width:48rem){
  .cards-rows{grid-template-columns:1fr;gap:0}
  .cards-rows .card{display:grid;grid-template-columns:17rem 1fr;gap:2.25rem;align-items:center;padding:1.9rem 0;border-top:1px solid var(--rule)}
  .cards-rows .card-words{max-width:44rem}
  .cards-rows .card-kicker{margin-top:0}
  .cards-rows .card-title{font-size:1.9rem}
}
`;
