/** Lets Gatefold's styles, and its one script where that is needed, through a Content-Security-Policy, and nothing else. */

/** CSP sources such as `'sha256-…'`, separated by spaces. */
export interface Allowed {
  readonly styles: string;
  readonly scripts?: string;
}

/**
 * The value of a header or of a `<meta>`, so that it allows what is named. A policy that already allows inline styles or
 * scripts is left alone: a hash would switch that off.
 */
export const allowSources = (value: string, { styles, scripts }: Allowed): string =>
  value
    .split(',')
    .map((policy) => {
      // Before the styles: these give a page its own `style-src` and leave `default-src` as it was.
      const withScripts = scripts === undefined ? policy : allowIn(policy, 'script', scripts);
      return allowIn(withScripts, 'style', styles);
    })
    .join(',');

const allowIn = (policy: string, kind: 'style' | 'script', hashes: string): string => {
  const directives = policy.split(';').map((directive) => directive.trim());
  const governing = [`${kind}-src-elem`, `${kind}-src`, 'default-src']
    .map((name) => directives.findIndex((directive) => directive.toLowerCase().split(/\s+/)[0] === name))
    .find((index) => index >= 0);
  const directive = governing === undefined ? undefined : directives[governing];
  if (governing === undefined || directive === undefined) return policy;
  if (/'unsafe-inline'/i.test(directive) && !/'(nonce-|sha\d+-)/i.test(directive)) return policy;
  const [name = '', ...sources] = directive.split(/\s+/);
  const named = sources.filter((source) => source.toLowerCase() !== "'none'");
  // Where no script runs at all, none takes anything away.
  if (kind === 'script' && named.length === 0) return policy;
  const allowed = [...named, hashes].join(' ');
  // What else `default-src` rules stays ruled by it as it was: only this kind gets its own line.
  if (name.toLowerCase() === 'default-src') return [...directives, `${kind}-src ${allowed}`].join('; ');
  return directives.map((each, index) => (index === governing ? `${name} ${allowed}` : each)).join('; ');
};
