/** The house's ground: colours, letters, widths, and what every page shares. */

export const SERIF =
  '"Iowan Old Style","Palatino Linotype",Palatino,"Source Serif 4",Charter,Georgia,"Noto Serif","Songti SC","Noto Serif CJK SC","Source Han Serif SC",SimSun,"Noto Naskh Arabic","Geeza Pro","Traditional Arabic","Liberation Serif",serif';
export const SANS =
  '"Avenir Next",Avenir,"Segoe UI","Helvetica Neue","Noto Sans","PingFang SC","Noto Sans CJK SC","Microsoft YaHei","Noto Sans Arabic","SF Arabic",Tahoma,"Liberation Sans",system-ui,sans-serif';

export const BASE_STYLE = `
:root{
  color-scheme:light dark;
  --serif:${SERIF};
  --sans:${SANS};
  --paper:#fbfaf6;--raised:#fff;--ink:#1d1b18;--quiet:#5f5a52;--rule:#dcd6ca;--accent:#7a2e1f;--on-accent:#fff;
  --gutter:clamp(1.15rem,4.5vw,2.75rem);
  --measure:66ch;
}
@media (prefers-color-scheme:dark){
  :root{--paper:#141312;--raised:#1d1b19;--ink:#ebe6dc;--quiet:#aaa398;--rule:#37332e;--accent:#e79b83;--on-accent:#1a1210}
}
:root,[data-publication]{
  --gatefold-accent:var(--accent);
  --gatefold-on-accent:var(--on-accent);
  --gatefold-font:var(--sans);
  --gatefold-heading-font:var(--heading,var(--serif));
  --gatefold-display-font:var(--heading,var(--serif));
  --gatefold-background:var(--raised);
  --gatefold-color:var(--ink);
  --gatefold-ink:var(--ink);
  --gatefold-muted:var(--quiet);
  --gatefold-line:var(--rule);
  --gatefold-width:100%;
}
:root[data-character=tidal]{--paper:#f7f9f7;--rule:#d3dcd9}
:root[data-character=lamplit]{--paper:#fcf9f3;--rule:#e2d9c9}
[data-character=lamplit]{--heading:var(--sans)}
@media (prefers-color-scheme:dark){
  :root[data-character=tidal]{--paper:#0e1415;--raised:#162022;--rule:#2a3839}
  :root[data-character=lamplit]{--paper:#131118;--raised:#1d1a26;--rule:#363144}
}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 var(--serif);overflow-wrap:break-word;text-rendering:optimizeLegibility;-webkit-font-smoothing:antialiased}
img,svg{max-width:100%;height:auto}
h1,h2,h3,h4,p,ul,ol,figure{margin:0}
ul{padding:0;list-style:none}
a{color:inherit;text-decoration-thickness:.06em;text-underline-offset:.18em}
a:focus-visible,[tabindex]:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:2px}
.skip{position:absolute;inset-inline-start:1rem;top:-5rem;z-index:2;padding:.6rem 1rem;background:var(--ink);color:var(--paper);font:600 .95rem var(--sans)}
.skip:focus{top:.5rem}
.page-width{max-width:78rem;margin:0 auto;padding:0 var(--gutter)}
@media print{
  .house-bar,.section-links,.colophon,.skip,.article-foot{display:none}
  body{background:#fff;color:#000}
}
`;
