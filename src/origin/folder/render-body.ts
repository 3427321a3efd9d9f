/** Turns an article's Markdown or HTML into markup that is safe, well-formed, and fit to stand inside a page. */
import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { type FinishedBody, finishBody } from './finish-body.ts';

/** `folder` is the file's own folder as an address (`/articles/tidewater/`), against which relative images are resolved. */
export const renderBody = (source: string, format: 'markdown' | 'html', folder: string): FinishedBody => {
  // After Markdown has been read, since a comment in a listing is text by then.
  const html = (format === 'markdown' ? markdown.render(source) : source).replace(
    /<!--\s*more\s*-->/gi,
    `<${MARK}></${MARK}>`,
  );
  return finishBody(sanitizeHtml(html, rulesFor(folder)), MARK);
};

/** Stands for the `<!--more-->` comment while comments are removed; an element of this name can't come from elsewhere. */
const MARK = 'more-marker';

/** HTML in Markdown is let through here, because everything is sanitised afterwards: figures and captions are worth having. */
const markdown = new MarkdownIt({ html: true, typographer: true, linkify: false });

const GLOBAL_ATTRIBUTES = ['lang', 'dir', 'id', 'title', 'class'];

const rulesFor = (folder: string): sanitizeHtml.IOptions => ({
  allowedTags: [...TAGS, MARK],
  allowedAttributes: {
    '*': GLOBAL_ATTRIBUTES,
    a: ['href', 'rel'],
    img: ['src', 'alt', 'width', 'height'],
    audio: ['src', 'controls'],
    video: ['src', 'controls', 'width', 'height', 'poster'],
    ol: ['start', 'reversed', 'type'],
    td: ['colspan', 'rowspan', 'style'],
    th: ['colspan', 'rowspan', 'scope', 'style'],
    time: ['datetime'],
    blockquote: ['cite'],
    q: ['cite'],
  },
  allowedStyles: { td: CELL_STYLES, th: CELL_STYLES },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https'], audio: ['http', 'https'], video: ['http', 'https'] },
  allowProtocolRelative: false,
  nestingLimit: 80,
  transformTags: {
    h1: 'h2',
    img: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, alt: attribs.alt ?? '', src: resolveWithin(folder, attribs.src ?? '') },
    }),
  },
});

const TAGS = (
  'p br hr h1 h2 h3 h4 h5 h6 blockquote q cite pre code kbd samp var em strong i b u s del ins mark small sub sup ' +
  'abbr dfn time span div section aside header footer ul ol li dl dt dd a img figure figcaption picture ' +
  'table caption thead tbody tfoot tr th td audio video ruby rt rp bdi bdo wbr details summary'
).split(' ');

/** What Markdown's own column alignment writes. */
const CELL_STYLES = { 'text-align': [/^(left|right|center)$/] };

/** An image beside its article is found from every form of the article's address. */
function resolveWithin(folder: string, address: string): string {
  if (address === '' || /^([a-z][a-z0-9+.-]*:|[/#?])/i.test(address)) return address;
  return new URL(address, `http://folder.invalid${folder}`).pathname;
}
