/** Lets styles through a Content-Security-Policy, and nothing else. */

/**
 * The value of a header or of a `<meta>`, so that it allows what `styleHashes` name: CSP sources such as
 * `'sha256-…'`, separated by spaces. A policy that already allows inline styles is left alone: a hash would switch that
 * off.
 */
export const allowStyle = (value: string, styleHashes: string): string =>
  value
    .split(',')
    .map((policy) => allowIn(policy, styleHashes))
    .join(',');

const allowIn = (policy: string, styleHashes: string): string => {
  const directives = policy.split(';').map((directive) => directive.trim());
  const governing = ['style-src-elem', 'style-src', 'default-src']
    .map((name) => directives.findIndex((directive) => directive.toLowerCase().split(/\s+/)[0] === name))
    .find((index) => index >= 0);
  const directive = governing === undefined ? undefined : directives[governing];
  if (governing === undefined || directive === undefined) return policy;
  if (/'unsafe-inline'/i.test(directive) && !/'(nonce-|sha\d+-)/i.test(directive)) return policy;
  const [name = '', ...sources] = directive.split(/\s+/);
  const allowed = [...sources.filter((source) => source.toLowerCase() !== "'none'"), styleHashes].join(' ');
  // Scripts and images stay ruled by default-src as it was: only styles get their own line.
  if (name.toLowerCase() === 'default-src') return [...directives, `style-src ${allowed}`].join('; ');
  return directives.map((each, index) => (index === governing ? `${name} ${allowed}` : each)).join('; ');
};
