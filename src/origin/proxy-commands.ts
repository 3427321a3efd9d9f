/** Headers by which an origin commands what stands in front of it: what a proxy or a cache does about an answer is the gate’s to say. */

/**
 * `name` in lower case. In front of the gate these would be obeyed for what the gate has made of the answer: another file
 * sent in an article’s place, a subscriber’s whole text kept and given to everybody. Tags, which only name an answer
 * (`Cache-Tag`, `xkey`), command nothing and pass.
 */
export const commandsProxies = (name: string): boolean => COMMANDS.has(name) || FAMILY.test(name);

/** Of those, what may stand beside an article where the policy lets it: it says neither who gets the text nor for how long. */
export const isHarmlessCommand = (name: string): boolean => HARMLESS.has(name);

const HARMLESS: ReadonlySet<string> = new Set([
  ...['surrogate-key', 'surrogate-keys', 'x-accel-buffering', 'x-accel-limit-rate'],
]);

const COMMANDS: ReadonlySet<string> = new Set([
  // Send that file instead: Apache, lighttpd, Perlbal and those that took it from them.
  ...['x-sendfile', 'x-sendfile2', 'x-send-file', 'x-lighttpd-send-file', 'x-lighttpd-send-tempfile'],
  ...['x-reproxy-url', 'x-reproxy-file'],
  // How long a cache keeps it, and by what: Akamai, Netlify.
  ...['edge-control', 'netlify-vary'],
]);

/**
 * nginx, LiteSpeed and Envoy by their own; surrogates as W3C and Fastly have them; and each vendor’s `Cache-Control`
 * (RFC 9213), `Cache-Control` itself not.
 */
const FAMILY = /^(?:x-accel|x-litespeed|lsc|x-envoy|surrogate|x-surrogate)-|-cache-control$/;
