/** Where content systems answer articles as JSON without being told to: gated also when the policy doesn't name them. */
import type { JsonForm } from './policy.ts';

/** WordPress has its REST API on from the start. A policy's own form for a path comes before these. */
export const builtInJsonForms: readonly JsonForm[] = [
  // What readers write under an article links to it, and isn't its text.
  {
    paths: [
      ...['/wp-json/wp/v2/comments', '/*/wp-json/wp/v2/comments'],
      ...['/wp-json/wp/v2/comments/*', '/*/wp-json/wp/v2/comments/*'],
    ],
    body: [],
    builtIn: true,
  },
  {
    paths: ['/wp-json/wp/v2/*', '/*/wp-json/wp/v2/*'],
    body: ['/*/content/rendered', '/*/excerpt/rendered'],
    builtIn: true,
  },
  {
    paths: ['/wp-json/wp/v2/*/*', '/*/wp-json/wp/v2/*/*'],
    body: ['/content/rendered', '/excerpt/rendered'],
    builtIn: true,
  },
];
