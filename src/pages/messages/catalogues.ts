/** Every catalogue that comes with Gatefold, by language. */
import { ar } from './ar.ts';
import { de } from './de.ts';
import type { Catalogue } from './en.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { zh } from './zh.ts';

/** A Map, since a language asked for by a stranger may be named `constructor`. */
export const catalogues: ReadonlyMap<string, Catalogue> = new Map<string, Catalogue>([
  ['en', en],
  ['de', de],
  ['fr', fr],
  ['ar', ar],
  ['zh', zh],
]);
