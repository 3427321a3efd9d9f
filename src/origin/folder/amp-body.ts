/** Rewrites a finished body into what AMP allows: its own image element, and no audio or video. */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, serialize } from 'parse5';
import { parseInside } from './finish-body.ts';

type Element = DefaultTreeAdapterTypes.Element;
type ParentNode = DefaultTreeAdapterTypes.ParentNode;

export const ampBody = (bodyHtml: string): string => {
  const body = parseInside(bodyHtml);
  rewriteChildren(body);
  return serialize(body);
};

function rewriteChildren(parent: ParentNode): void {
  for (const child of [...parent.childNodes]) {
    if (!defaultTreeAdapter.isElementNode(child)) continue;
    if (child.tagName === 'audio' || child.tagName === 'video') defaultTreeAdapter.detachNode(child);
    else if (child.tagName === 'picture') unwrap(child);
    else if (child.tagName === 'img') replaceImage(child);
    else rewriteChildren(child);
  }
}

/** An image without a size is given a frame to fit into, since AMP lays pages out before images arrive. */
function replaceImage(image: Element): void {
  const attribute = (name: string) => image.attrs.find((candidate) => candidate.name === name)?.value;
  const isNumber = (text: string | undefined): text is string =>
    text !== undefined && /^[1-9]\d*$/.test(text);
  const [width, height] = [attribute('width'), attribute('height')];
  const size = isNumber(width) && isNumber(height) ? { width, height } : { width: '800', height: '500' };
  const attrs = { src: attribute('src') ?? '', alt: attribute('alt') ?? '', ...size, layout: 'responsive' };
  const replacement = defaultTreeAdapter.createElement(
    'amp-img',
    image.namespaceURI,
    Object.entries(attrs).map(([name, value]) => ({ name, value })),
  );
  if (!image.parentNode) return;
  defaultTreeAdapter.insertBefore(image.parentNode, replacement, image);
  defaultTreeAdapter.detachNode(image);
}

function unwrap(picture: Element): void {
  rewriteChildren(picture);
  const parent = picture.parentNode;
  if (!parent) return;
  for (const child of [...picture.childNodes]) {
    defaultTreeAdapter.detachNode(child);
    defaultTreeAdapter.insertBefore(parent, child as Element, picture);
  }
  defaultTreeAdapter.detachNode(picture);
}
