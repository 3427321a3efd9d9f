/** Every setting with its default and meaning: what the documentation's table is held against. */

export interface SettingDoc {
  readonly name: string;
  /** As shown to people; '' where there is none. */
  readonly default: string;
  readonly meaning: string;
}

export const settingDocs: readonly SettingDoc[] = [
  { name: 'PORT', default: '8080', meaning: 'Port to listen on; 0 for any free one.' },
  { name: 'HOST', default: '127.0.0.1', meaning: 'Address to listen on; 0.0.0.0 for all.' },
  {
    name: 'PUBLIC_URL',
    default: 'http://HOST:PORT',
    meaning:
      'Where readers reach the site: scheme and host only. Required outside the sandbox, and https there.',
  },
  {
    name: 'CONSOLE_URL',
    default: 'the next port, in a sandbox without PUBLIC_URL and OPERATORS; else PUBLIC_URL, with a warning',
    meaning:
      'Where operators reach the console: scheme and host only, another host name or port than PUBLIC_URL. PUBLIC_URL itself leaves it with the site, on purpose.',
  },
  {
    name: 'CONSOLE_PORT',
    default: '',
    meaning:
      'A port of its own for the console, on HOST. Without it CONSOLE_URL’s port, if that is http on this machine; else PORT, told by the host name.',
  },
  {
    name: 'ORIGIN_URL',
    default: '',
    meaning: 'The web site to stand in front of: scheme and host only. Either this or CONTENT_DIR.',
  },
  {
    name: 'PRESERVE_HOST',
    default: 'false',
    meaning:
      'true: ORIGIN_URL is asked by the host of PUBLIC_URL, as WordPress, Ghost and whatever sends other hosts away need it. false: by its own.',
  },
  {
    name: 'CONTENT_DIR',
    default: 'the sample site, in the sandbox',
    meaning: 'A folder of Markdown or HTML articles to serve. Either this or ORIGIN_URL.',
  },
  { name: 'POLICY_FILE', default: 'config/policy.yaml', meaning: 'The policy: who may read what.' },
  {
    name: 'REDIS_URL',
    default: '',
    meaning:
      'redis:// or rediss://host:port; several hosts, by commas, for a Cluster; redis+sentinel://host:port,host:port/master/database. Without it the embedded store in DATA_DIR is used.',
  },
  {
    name: 'DATA_DIR',
    default: './data',
    meaning: 'Folder of the embedded store and of what the sandbox keeps.',
  },
  {
    name: 'TOKEN_KEYS',
    default: 'made and kept in DATA_DIR, in the sandbox',
    meaning:
      'Keys of reader tokens, by commas: kid:secret (base64url, 32 bytes or more) or kid:path-to.pem (RSA of 2048 bits or more, or EC P-256). The first signs, all verify. Required outside the sandbox.',
  },
  {
    name: 'STRIPE_SECRET_KEY',
    default: '',
    meaning: 'Stripe’s secret key. Without it Gatefold runs in the sandbox, which takes no money.',
  },
  {
    name: 'STRIPE_WEBHOOK_SECRET',
    default: '',
    meaning:
      'Secrets that Stripe signs webhooks with, by commas; all are accepted. Required with STRIPE_SECRET_KEY.',
  },
  {
    name: 'STRIPE_API_BASE',
    default: 'https://api.stripe.com',
    meaning: 'Another address to speak Stripe’s API with.',
  },
  { name: 'SMTP_URL', default: '', meaning: 'smtp:// or smtps:// server that mail is sent through.' },
  {
    name: 'MAIL_FROM',
    default: 'no-reply@ the host of PUBLIC_URL',
    meaning: 'Sender of mail: an address, or Name <address>.',
  },
  {
    name: 'PURGE_SECRET',
    default: '',
    meaning:
      'Secrets of 24 characters or more that purges (POST /-/purge) are signed with, by commas; all are accepted. Without it none are taken.',
  },
  {
    name: 'OPERATORS',
    default: '',
    meaning: 'E-mail addresses of those who may use the console, by commas.',
  },
  {
    name: 'TRUST_PROXY',
    default: '',
    meaning: 'Addresses and CIDR ranges of proxies whose X-Forwarded-* headers are believed, by commas.',
  },
  { name: 'LOG_LEVEL', default: 'info', meaning: 'fatal, error, warn, info, debug or silent.' },
  { name: 'METRICS_PORT', default: '', meaning: 'A port of its own for /-/metrics, on HOST.' },
];
