/** What of a page's text is seen: not what scripts, templates and hidden elements hold. */
import type { Element } from 'domhandler';
import type { Place } from '../article/parsed-page.ts';

/** Elements that begin a line of their own, so that words on either side of their tags are separate. */
export const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p ' +
    'plaintext pre search section summary table tbody tfoot thead tr ul xmp'
  ).split(' '),
);

interface Concealment {
  readonly hidden: boolean;
  readonly atom: Element | undefined;
}

/** @param seen elements that count as seen whatever their attributes say; nothing around them is asked. */
export const concealmentOf = (seen: ReadonlySet<Element>): ((place: Place | undefined) => Concealment) => {
  const known = new Map<Place, Concealment>();
  return (place) => {
    const unknown: Place[] = [];
    let at = place;
    while (at && !known.has(at) && !seen.has(at.element)) {
      unknown.push(at);
      at = at.below;
    }
    let state = (at && known.get(at)) ?? OPEN;
    for (const next of unknown.reverse()) {
      state = within(next.element, state);
      known.set(next, state);
    }
    return state;
  };
};

/** A template that attaches a shadow tree is drawn by browsers, any other isn't. */
const isShadowTemplate = ({ name, attribs }: Element): boolean =>
  name === 'template' && /^(?:open|closed)$/i.test(attribs.shadowrootmode ?? '');

const OPEN: Concealment = { hidden: false, atom: undefined };

const within = (element: Element, around: Concealment): Concealment => {
  if (around.hidden) return around;
  if (isHidden(element)) return { hidden: true, atom: undefined };
  if (around.atom === undefined && isAtom(element)) return { hidden: false, atom: element };
  return around;
};

/** Held by the page for scripts, for other browsers, or for later. */
const UNSEEN = new Set(
  'script style noscript iframe noembed noframes object video audio canvas datalist template title head'.split(
    ' ',
  ),
);

const isHidden = (element: Element): boolean => {
  const { name, attribs } = element;
  if (isShadowTemplate(element)) return false;
  // SVG and MathML have elements of these names too, which are as unseen; their `<title>` is a tooltip.
  return (
    UNSEEN.has(name) ||
    'hidden' in attribs ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribs.style ?? '') ||
    (name === 'desc' && element.namespace?.endsWith('svg') === true) ||
    (name === 'metadata' && element.namespace?.endsWith('svg') === true)
  );
};

/** A part of a drawing, a formula or a field means nothing, and their syntax can't be closed at any point. */
const ATOMS = new Set('svg math select textarea button xmp plaintext listing template'.split(' '));

const isAtom = (element: Element): boolean => ATOMS.has(element.name);
