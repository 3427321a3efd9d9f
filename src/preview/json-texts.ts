/** The texts that pointers name in a JSON document, each with the objects that it stands in: any of those may say whose it is. */
import { childrenOf, type JsonNode } from './json-tree.ts';

export interface JsonText {
  /** A string, or what is made of strings. */
  readonly node: JsonNode;
  /** Which of the pointers named it first. */
  readonly pointer: number;
  /** The objects that it stands in, the innermost first; the last one is the document where that is an object. */
  readonly parts: readonly JsonPart[];
  /** The outermost element of a list that it stands in, perhaps the text itself; undefined for what is in no list. */
  readonly element: JsonNode | undefined;
}

export interface JsonPart {
  readonly node: JsonObject;
  /** It stands in a list. */
  readonly listed: boolean;
}

export type JsonObject = JsonNode & { readonly kind: 'object' };

/** In the order of the pointers, then of the document; numbers, nulls and what is empty are no texts. */
export const textsAt = (root: JsonNode, pointers: readonly string[]): JsonText[] => {
  const taken = new Set<JsonNode>();
  return pointers.flatMap((pointer, index) =>
    placesAt(root, pointer).flatMap((place) => {
      if (isEmpty(place.node) || taken.has(place.node)) return [];
      taken.add(place.node);
      return [textAt(place, index)];
    }),
  );
};

/** A node and what it stands in. */
interface Place {
  readonly node: JsonNode;
  readonly within: Place | undefined;
  /** One of many: an element of an array, or whatever `*` stands for. */
  readonly listed: boolean;
}

const placesAt = (root: JsonNode, pointer: string): Place[] => {
  if (pointer !== '' && !pointer.startsWith('/')) return [];
  let places: Place[] = [{ node: root, within: undefined, listed: false }];
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    places = places.flatMap((within) =>
      childrenOf(within.node, name).map((node): Place => {
        return { node, within, listed: within.node.kind === 'array' || name === '*' };
      }),
    );
  }
  return places;
};

const textAt = (place: Place, pointer: number): JsonText => {
  const parts: { node: JsonObject; listed: boolean }[] = [];
  let element: JsonNode | undefined;
  for (let at: Place | undefined = place; at; at = at.within) {
    if (at.node.kind === 'object' && at !== place) parts.push({ node: at.node, listed: false });
    if (!at.listed) continue;
    // All that was met so far stands in this list.
    element = at.node;
    for (const part of parts) part.listed = true;
  }
  return { node: place.node, pointer, parts, element };
};

const isEmpty = (node: JsonNode): boolean => {
  switch (node.kind) {
    case 'string':
      return node.value.trim() === '';
    case 'array':
      return node.items.every(isEmpty);
    case 'object':
      return node.members.every((member) => isEmpty(member.node));
    default:
      return true;
  }
};
