/** Takes withheld text out of XML of any vocabulary: text ends where its article's preview ends, comments and attributes are emptied. */
import { type Edit, spliced } from '../../preview/splice.ts';
import { xmlTokenAt } from '../../preview/xml-tokens.ts';
import { xmlEscaped } from '../../preview/xml-tree.ts';
import type { FindWithheld } from '../withheld.ts';
import { shortened } from './shortened.ts';
import { touchesOf } from './stretches.ts';

/** Undefined: it isn't well-formed, or something is left. */
export const cleanXml = (source: string, find: FindWithheld): string | undefined => {
  const touches = touchesOf(find(source));
  const edits: Edit[] = [];
  for (let at = source.startsWith('\ufeff') ? 1 : 0; at < source.length; ) {
    const token = xmlTokenAt(source, at);
    if (!token) return undefined;
    if (token.kind === 'text' && touches(token.start, token.end)) {
      const { start, end, value } = token;
      edits.push({ start, end, text: xmlEscaped(shortened(value, find)) });
    } else if (token.kind === 'aside' && touches(token.start, token.end)) {
      edits.push({ start: token.start, end: token.end, text: '' });
    } else if (token.kind === 'open') {
      for (const { name, start, end } of token.attributes) {
        if (touches(start, end)) edits.push({ start, end, text: `${name}=""` });
      }
    }
    at = token.end;
  }
  const once = spliced(source, edits, 0, source.length);
  return find(once).length === 0 ? once : emptied(once, find);
};

/** One text in many elements: what still carries a part of it is emptied. */
const emptied = (source: string, find: FindWithheld): string | undefined => {
  const touches = touchesOf(find(source));
  const edits: Edit[] = [];
  for (let at = source.startsWith('\ufeff') ? 1 : 0; at < source.length; ) {
    const token = xmlTokenAt(source, at);
    if (!token) return undefined;
    if (token.kind === 'text' && touches(token.start, token.end))
      edits.push({ start: token.start, end: token.end, text: '' });
    at = token.end;
  }
  const left = spliced(source, edits, 0, source.length);
  return find(left).length === 0 ? left : undefined;
};
