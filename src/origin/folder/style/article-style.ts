/** The article page: its head, its text, and everything that may stand in a text. */

export const ARTICLE_STYLE = `
.article{padding:0 var(--gutter)}
.article-head{max-width:52rem;margin:0 auto;padding:clamp(.5rem,2vw,1.5rem) 0 clamp(1.5rem,3.5vw,2.5rem);text-align:center}
.article-kicker{font:600 .875rem/1.4 var(--sans);color:var(--accent)}
.article-kicker a{text-decoration:none;display:inline-block;padding:.3rem 0}
.article-kicker a:hover{text-decoration:underline}
.article-head h1{margin-top:.5rem;font:500 clamp(2.45rem,7.2vw,4.6rem)/1.03 var(--heading,var(--serif));letter-spacing:-.03em;text-wrap:balance}
.article-summary{max-width:38rem;margin:1.15rem auto 0;font-size:clamp(1.15rem,2.3vw,1.38rem);line-height:1.45;color:var(--quiet);text-wrap:pretty}
.article-byline{display:flex;flex-wrap:wrap;justify-content:center;gap:.2rem 1.1rem;margin-top:1.5rem;font:400 .9rem/1.5 var(--sans);color:var(--quiet)}
.article-author{font-weight:700;color:var(--ink)}
.article-art{max-width:66rem;margin:0 auto clamp(1.75rem,4.5vw,3.5rem)}
.article-art img{display:block;width:100%;aspect-ratio:2/1;object-fit:cover;background:var(--rule);border-radius:2px}
@media (max-width:48rem){
  .article-head{text-align:start}
  .article-byline{justify-content:flex-start}
  .article-summary{margin-inline:0}
  .article-art{margin-inline:calc(var(--gutter)*-1)}
  .article-art img{aspect-ratio:3/2;border-radius:0}
}
:root[data-character=lamplit] .article-head{text-align:start;max-width:66rem}
:root[data-character=lamplit] .article-head h1{font-weight:700;letter-spacing:-.045em;max-width:17em}
:root[data-character=lamplit] .article-summary{margin-inline:0}
:root[data-character=lamplit] .article-byline{justify-content:flex-start}

.article-body,.article-foot{max-width:var(--measure);margin:0 auto;font-size:clamp(1.125rem,1.05rem + .35vw,1.28rem)}
.article-body{line-height:1.68;hanging-punctuation:first}
.article-body>*+*{margin-top:1.15em}
.article-body p{text-wrap:pretty}
.article-body :is(h2,h3,h4,h5,h6){margin-top:2.1em;line-height:1.2;font-family:var(--heading,var(--serif));text-wrap:balance}
.article-body h2{font-size:1.42em;font-weight:600;letter-spacing:-.015em}
.article-body h3{font-size:1.15em}
.article-body :is(h4,h5,h6){font-size:1em}
.article-body :is(h2,h3,h4,h5,h6)+*{margin-top:.6em}
.article-body a{text-decoration-color:var(--accent);text-decoration-thickness:.09em}
.article-body a:hover{color:var(--accent)}
.article-body>p:first-of-type:is(:lang(en),:lang(de),:lang(fr))::first-letter{float:left;font:500 3.55em/.82 var(--heading,var(--serif));padding:.07em .1em 0 0;color:var(--accent)}
:root[data-character=lamplit]:is(:lang(en),:lang(de),:lang(fr)) .article-body>p:first-of-type::first-letter{font-weight:700}
@media (min-width:48rem){
  .article-body>p:first-of-type:is(:lang(en),:lang(de),:lang(fr))::first-letter{font-size:5.75em;line-height:.74;padding:.06em .09em 0 0}
}

.article-body blockquote{margin:2em 0;padding:0;font-size:1.4em;line-height:1.32;font-style:italic;color:var(--accent);text-wrap:balance}
.article-body blockquote p+p{margin-top:.6em}
:root[data-character=tidal] .article-body blockquote{padding-block:.9em;border-block:1px solid var(--accent);text-align:center}
:root[data-character=lamplit] .article-body blockquote{font:700 1.36em/1.28 var(--sans);letter-spacing:-.02em;padding-inline-start:2.1rem;background:radial-gradient(circle at .5rem .62em,var(--accent) .28rem,#0000 .3rem),radial-gradient(circle at .5rem .62em,color-mix(in srgb,var(--accent) 25%,#0000) .52rem,#0000 .54rem)}
:root[data-character=lamplit][dir=rtl] .article-body blockquote{background-position:100% 0;background-size:1rem 100%;background-repeat:no-repeat}
.article-body :is(ul,ol){padding-inline-start:1.35em}
.article-body ul{list-style:none}
.article-body ul>li{position:relative}
.article-body ul>li::before{content:"";position:absolute;inset-inline-start:-1.1em;top:.72em;width:.38em;height:.38em;border-radius:50%;background:var(--accent)}
:root[data-character=tidal] .article-body ul>li::before{width:.62em;height:.12em;border-radius:0;top:.8em}
.article-body ol>li::marker{color:var(--accent);font:600 .85em var(--sans)}
.article-body li+li{margin-top:.5em}
.article-body li>:is(ul,ol){margin-top:.5em}
.article-body hr{width:5rem;height:0;margin:2.4em auto;border:0;border-top:3px double var(--accent)}
.article-body figure{margin-block:2em}
.article-body img{display:block;border-radius:2px}
.article-body figcaption,.article-body caption{margin-top:.6em;font:400 .8em/1.5 var(--sans);color:var(--quiet);text-align:start}
.article-body code{font:.86em/1.5 ui-monospace,"SF Mono",Consolas,"Liberation Mono",monospace;background:color-mix(in srgb,var(--accent) 9%,#0000);padding:.1em .3em;border-radius:3px}
.article-body pre{overflow-x:auto;margin-block:1.8em;padding:1.1em 1.25em;background:var(--raised);border:1px solid var(--rule);border-radius:4px;direction:ltr;text-align:left;line-height:1.5}
.article-body pre code{background:none;padding:0;font-size:.74em;line-height:1.6}
.table-scroll{overflow-x:auto;margin-block:1.8em}
.article-body table{width:100%;border-collapse:collapse;font:.8em/1.45 var(--sans);font-variant-numeric:tabular-nums}
.article-body :is(th,td){padding:.62em .9em .62em 0;border-bottom:1px solid var(--rule);text-align:start;vertical-align:top}
.article-body :is(th,td):last-child{padding-inline-end:0}
.article-body th{border-bottom:2px solid var(--accent);font-weight:700}
.article-body details{border-block:1px solid var(--rule);padding:.8em 0}
.article-body mark{background:color-mix(in srgb,var(--accent) 22%,#0000);color:inherit}

.article-foot{margin-top:2.75rem}
.article-tags{display:flex;flex-wrap:wrap;gap:.5rem}
.article-tags a{display:inline-block;padding:.4rem .95rem;border:1px solid var(--rule);border-radius:99px;font:500 .875rem/1.4 var(--sans);text-decoration:none}
.article-tags a:hover{border-color:var(--accent);color:var(--accent)}

:is(.article,.card):is(:lang(zh),:lang(ja)) :is(h1,blockquote),:lang(zh)>.article-head h1{letter-spacing:0}
:is(.article-body,.article-foot):is(:lang(zh),:lang(ja)){--measure:36em}
.article-body:lang(zh),.article-body:lang(ja){line-height:1.95;text-align:justify}
.article-body:lang(zh)>p{text-indent:2em}
.article-body:lang(zh) blockquote{font-style:normal}
.article-body:lang(zh) blockquote p{text-indent:0}
:is(h1,h2,h3):is(:lang(zh),:lang(ar)){letter-spacing:0!important}
.article:lang(ar) h1{line-height:1.35}
:is(.article-body,.article-foot):is(:lang(ar),:lang(fa),:lang(ur)){font-size:1.3rem;line-height:2}
.article:lang(ar) :is(blockquote,.article-summary){font-style:normal;line-height:1.75;letter-spacing:0}
.card-title:lang(ar){line-height:1.5}
`;
