/**
 * Bodies that break cutters. Each stands in `<article id="story">` after an introduction of more than 30 characters;
 * everything that says CANARY comes after it, and may never be seen in what is sent.
 */

export interface HostileBody {
  readonly name: string;
  readonly body: string;
  /** The page keeps its frame in the preview. Not so where the body's own markup swallows the rest of the page. */
  readonly swallows?: true;
  /** It holds text that it shows nowhere, so that something is withheld wherever the cutoff ends. */
  readonly hides?: true;
}

const CANARY = 'CANARY sings of what nobody may read, verse by verse, until the last light is out';

export const INTRODUCTION = 'The harbour lay still that morning, and nobody spoke.';

const intro = `<p>${INTRODUCTION}</p>`;

export const HOSTILE_BODIES: readonly HostileBody[] = [
  { name: 'plain paragraphs', body: `${intro}<p>${CANARY}</p>` },
  { name: 'an unclosed paragraph', body: `<p>${INTRODUCTION}<p>${CANARY}` },
  { name: 'unclosed formatting', body: `<p><b><i><u>${INTRODUCTION}<p>${CANARY}` },
  {
    name: 'unclosed formatting before the cut',
    body: `<p><b>The</b> <em>harbour</p><p>${INTRODUCTION} ${CANARY}`,
  },
  { name: 'misnested formatting', body: `<b><p>${INTRODUCTION}</b> and ${CANARY}</p>` },
  { name: 'misnested links', body: `<a href="/x"><p>${INTRODUCTION}<a href="/y">${CANARY}</a></p></a>` },
  { name: 'deeply misnested formatting', body: `<b><i><p>${INTRODUCTION}</b><s>${CANARY}</i></p></s>` },
  { name: 'nobr in nobr', body: `<nobr>${INTRODUCTION}<nobr>${CANARY}</nobr></nobr>` },
  {
    name: 'end tag of the article in a comment',
    body: `${intro}<!-- </article> ${CANARY} --><p>${CANARY}</p>`,
  },
  {
    name: 'end tag of the article in a script',
    body: `${intro}<script>var x = "</article>${CANARY}";</script><p>${CANARY}</p>`,
  },
  {
    name: 'end tag of the article in a style',
    body: `${intro}<style>a::after { content: "</article>" }</style><p>${CANARY}</p>`,
  },
  {
    name: 'end tag of the article in a template',
    body: `${intro}<template></article><p>${CANARY}</p></template><p>${CANARY}</p>`,
  },
  {
    name: 'end tag of the article in an svg title',
    body: `${intro}<svg><title></article>${CANARY}</title></svg><p>${CANARY}</p>`,
  },
  {
    name: 'end tag of the article in an attribute',
    body: `${intro}<img alt="</article>${CANARY}"><p>${CANARY}</p>`,
  },
  {
    name: 'end tag of the article in a textarea',
    body: `${intro}<textarea></article>${CANARY}</textarea><p>${CANARY}</p>`,
  },
  {
    name: 'end tag of the article in an iframe',
    body: `${intro}<iframe></article>${CANARY}</iframe><p>${CANARY}</p>`,
  },
  {
    name: 'end tag of the article in a noscript',
    body: `${intro}<noscript></article>${CANARY}</noscript><p>${CANARY}</p>`,
  },
  { name: 'end tag of the article in xmp', body: `${intro}<xmp></article>${CANARY}</xmp><p>${CANARY}</p>` },
  {
    name: 'end tag of the article in CDATA',
    body: `${intro}<svg><desc><![CDATA[</article>${CANARY}]]></desc></svg><p>${CANARY}</p>`,
  },
  { name: 'a bogus CDATA section', body: `${intro}<![CDATA[ ${CANARY} ]]><p>${CANARY}</p>` },
  { name: 'a processing instruction', body: `${intro}<?php echo "${CANARY}" ?><p>${CANARY}</p>` },
  { name: 'a comment that never ends', body: `${intro}<p>${CANARY}</p><!-- ${CANARY}`, swallows: true },
  { name: 'a comment closed by --!>', body: `${intro}<!-- ${CANARY} --!><p>${CANARY}</p>` },
  { name: 'an abruptly closed comment', body: `${intro}<!--><p>${CANARY}</p>-->` },
  {
    name: 'a script with a comment in it',
    body: `${intro}<script><!-- <script> ${CANARY} </script> --></script><p>${CANARY}</p>`,
  },
  {
    name: 'a script that never ends',
    body: `${intro}<p>${CANARY}</p><script>var x = "${CANARY}"`,
    swallows: true,
  },
  { name: 'a textarea that never ends', body: `${intro}<p>${CANARY}</p><textarea>${CANARY}`, swallows: true },
  { name: 'plaintext', body: `${intro}<p>${CANARY}</p><plaintext>${CANARY}`, swallows: true },
  {
    name: 'a table with text between its cells',
    body: `${intro}<table>${CANARY}<tr><td>one</td>${CANARY}<td>${CANARY}</td></tr></table>`,
  },
  {
    name: 'a cut inside a table cell',
    body: `<table><tr><td>${INTRODUCTION} ${CANARY}</td><td>${CANARY}</td></tr></table>`,
  },
  {
    name: 'text in a table before it',
    body: `<table>${INTRODUCTION} ${CANARY}<tr><td>${CANARY}</td></tr></table>`,
  },
  { name: 'formatting across table cells', body: `<table><b><tr><td>${INTRODUCTION}<td>${CANARY}</table>` },
  {
    name: 'nested tables',
    body: `<table><tr><td><table><tr><td>${INTRODUCTION}</td></tr></table>${CANARY}</td></tr></table>`,
  },
  {
    name: 'a table in a paragraph',
    body: `<p>${INTRODUCTION}<table><caption>${CANARY}</caption><colgroup><col></colgroup></table></p>`,
  },
  {
    name: 'a select with paragraphs in it',
    body: `${intro}<select><option><p>${CANARY}<option>${CANARY}</select><p>${CANARY}</p>`,
  },
  {
    name: 'a select that holds the cut',
    body: `<select><option>${INTRODUCTION}<option>${CANARY}</select><p>${CANARY}</p>`,
  },
  {
    name: 'nested lists',
    body: `<ul><li>${INTRODUCTION}<ol><li>${CANARY}<ul><li>${CANARY}</ul></ol><li>${CANARY}</ul>`,
  },
  { name: 'definition lists', body: `<dl><dt>${INTRODUCTION}<dd>${CANARY}<dt>${CANARY}<dd>${CANARY}</dl>` },
  {
    name: 'entities at the cut',
    body: `<p>Fish &amp; chips &mdash; caf&eacute; &#128512; &lt;b&gt; &amp;&amp;&amp; ${CANARY}</p>`,
  },
  {
    name: 'entities without semicolons',
    body: `<p>The &ampharbour &notit; &copy lay &lt still that morning ${CANARY}</p>`,
  },
  { name: 'one word of entities', body: `<p>${'&amp;'.repeat(60)}${CANARY}</p>` },
  { name: 'ruby', body: `<ruby>${INTRODUCTION}<rp>(<rt>${CANARY}<rp>)</ruby><p>${CANARY}</p>` },
  {
    name: 'math',
    body: `${intro}<math><mi>${CANARY}<annotation-xml encoding="text/html"><p>${CANARY}</p></annotation-xml></math>`,
  },
  {
    name: 'math around the cut',
    body: `<math><mtext>${INTRODUCTION}<p>${CANARY}</p></mtext></math><p>${CANARY}</p>`,
  },
  {
    name: 'svg with a foreign object',
    body: `<svg><foreignObject><p>${INTRODUCTION}</p><p>${CANARY}</p></foreignObject></svg><p>${CANARY}</p>`,
  },
  { name: 'svg broken out of', body: `<svg><g><text>The harbour<p>${INTRODUCTION}<p>${CANARY}</svg>` },
  { name: 'nested forms', body: `<form>${intro}<form><p>${CANARY}</p></form><p>${CANARY}</p></form>` },
  {
    name: 'a form closed inside of another element',
    body: `<form><div>${intro}</form><p>${CANARY}</p></div>`,
  },
  {
    name: 'duplicate attributes',
    body: `<p title="fine" title="${CANARY}">${INTRODUCTION}</p><p>${CANARY}</p>`,
  },
  { name: 'an attribute without quotes', body: `<p data-text=${CANARY}>${INTRODUCTION}</p><p>${CANARY}</p>` },
  {
    name: 'an end tag with attributes',
    body: `<p>${INTRODUCTION}</p data-text="${CANARY}"><p>${CANARY}</p>`,
  },
  {
    name: 'an attribute on an open element',
    body: `<div data-full="${CANARY}">${intro}<p>${CANARY}</p></div>`,
  },
  { name: 'a second body tag', body: `${intro}<body data-full="${CANARY}" class="two"><p>${CANARY}</p>` },
  { name: 'a second html tag', body: `${intro}<html data-full="${CANARY}"><p>${CANARY}</p>` },
  { name: 'a frameset', body: `${intro}<frameset><frame></frameset><p>${CANARY}</p>` },
  {
    name: 'a declarative shadow tree',
    body: `${intro}<div><template shadowrootmode="open"><p>${CANARY}</p></template></div>`,
  },
  {
    name: 'a shadow tree around the cut',
    body: `<div><template shadowrootmode="open"><p>${INTRODUCTION}</p><p>${CANARY}</p></template></div><p>${CANARY}</p>`,
  },
  {
    name: 'a template before the cut with the rest',
    body: `<template><p>${CANARY}</p></template>${intro}<p>${CANARY}</p>`,
  },
  {
    name: 'a template before the cut with what is nowhere else',
    body: `<template><p>${CANARY}</p></template>${intro}<p>Short rest of it.</p>`,
    hides: true,
  },
  {
    name: 'a hidden copy before the cut',
    body: `<div hidden><p>${INTRODUCTION}</p><p>${CANARY}</p></div>${intro}<p>${CANARY}</p>`,
  },
  {
    name: 'an invisible copy before the cut',
    body: `<div style="display: none">${CANARY}</div>${intro}<p>${CANARY}</p>`,
  },
  {
    name: 'a noscript copy before the cut',
    body: `<noscript><p>${CANARY}</p></noscript>${intro}<p>${CANARY}</p>`,
  },
  { name: 'a comment copy before the cut', body: `<!-- ${CANARY} -->${intro}<p>${CANARY}</p>` },
  {
    name: 'an image with the text before the cut',
    body: `<img src="/a.jpg" alt="${CANARY}">${intro}<p>${CANARY}</p>`,
  },
  {
    name: 'a later image',
    body: `${intro}<p>${CANARY}</p><img src="/CANARY.jpg" srcset="/CANARY-2.jpg 2x" alt="CANARY">`,
  },
  { name: 'null characters', body: `<p>${INTRODUCTION}\0</p><p>CAN\0ARY ${CANARY}</p>` },
  {
    name: 'Windows line ends',
    body: `\r\n<p>\r\n${INTRODUCTION}\r\n\r\n</p>\r\n<p>\r\n${CANARY}\r\n</p>\r\n`,
  },
  { name: 'old Macintosh line ends', body: `\r<p>\r${INTRODUCTION}\r</p>\r<p>${CANARY}</p>` },
  { name: 'no markup at all', body: `${INTRODUCTION} ${CANARY}` },
  { name: 'line breaks for paragraphs', body: `${INTRODUCTION}<br><br>${CANARY}<br><br>${CANARY}` },
  { name: 'headings in headings', body: `<h1>${INTRODUCTION}<h2>${CANARY}</h1>${CANARY}</h2>` },
  {
    name: 'buttons in buttons',
    body: `${intro}<button>one<button>${CANARY}</button></button><p>${CANARY}</p>`,
  },
  {
    name: 'objects and embeds',
    body: `${intro}<object><param name="a" value="${CANARY}">${CANARY}</object><embed src="/x">`,
    hides: true,
  },
  { name: 'a marquee', body: `<marquee>${INTRODUCTION}<b></marquee>${CANARY}` },
  {
    name: 'an article in the article',
    body: `<article>${intro}</article><article><p>${CANARY}</p></article>`,
  },
  {
    name: 'unknown elements',
    body: `<x-story><x-part>${INTRODUCTION}</x-part><x-part>${CANARY}</x-part></x-story>`,
  },
  { name: 'tags in upper case', body: `<P>${INTRODUCTION}</P><SCRIPT>"${CANARY}"</SCRIPT><P>${CANARY}</P>` },
  { name: 'stray end tags', body: `</p></br></div></span>${intro}</section></table></p><p>${CANARY}</p>` },
  {
    name: 'one paragraph of 200 KB',
    body: `<p>${INTRODUCTION} ${'Then the boats came in, one after another. '.repeat(4800)} ${CANARY}</p>`,
  },
  { name: 'one word of 200 KB', body: `<p>${'x'.repeat(200_000)}${CANARY}</p>` },
  {
    name: 'Chinese',
    body: `<p>那天早晨港口一片寂静，没有人说话。渔船还没有回来，岸上的人都在等。远处的灯塔已经熄灭了。</p><p>${CANARY}</p>`,
  },
  {
    name: 'Arabic',
    body: `<p dir="rtl">كان الميناء هادئا في ذلك الصباح ولم يتكلم أحد من الناس على الرصيف.</p><p>${CANARY}</p>`,
  },
  { name: 'emoji clusters', body: `<p>${'👩‍👩‍👧‍👦🇩🇪👍🏽'.repeat(20)}</p><p>${CANARY}</p>` },
  { name: 'combining marks', body: `<p>${'e\u0301\u0327'.repeat(60)}</p><p>${CANARY}</p>` },
  { name: 'half a surrogate pair', body: `<p>${INTRODUCTION} \ud83d x</p><p>${CANARY}</p>` },
  { name: 'hundreds of open elements', body: `${'<div>'.repeat(300)}${INTRODUCTION}${CANARY}` },
  {
    name: 'hundreds of open formatting elements',
    body: `${Array.from({ length: 100 }, (_, index) => `<b class="c${index}">`).join('')}${INTRODUCTION}<p>${CANARY}`,
  },
];
