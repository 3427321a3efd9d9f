/** What works with these settings, but perhaps isn't meant. */
import { isLocal } from './addresses.ts';

interface NotedSettings extends ConsoleFacts {
  readonly host: string;
  readonly trustProxy: readonly string[];
  readonly smtpUrl?: string;
}

interface ConsoleFacts {
  readonly sandbox: boolean;
  readonly publicUrl: string;
  readonly console: { readonly url: string };
  readonly operators: readonly string[];
}

export const notesOn = (settings: NotedSettings, isSet: (name: string) => boolean): readonly string[] => {
  const shared = sharedConsoleNote(settings);
  return [...generalNotes(settings, isSet), ...(shared === undefined ? ownConsoleNotes(settings) : [shared])];
};

const ownConsoleNotes = ({ sandbox, publicUrl, console: { url } }: ConsoleFacts): readonly string[] => {
  if (url === publicUrl) return [];
  return [
    ...(url.startsWith('http:') && !isLocal(url)
      ? ['CONSOLE_URL is http: anybody on the way can take the operator’s place. Use https.']
      : []),
    ...(!sandbox && new URL(url).hostname === new URL(publicUrl).hostname
      ? [
          'CONSOLE_URL has the host name of PUBLIC_URL, and browsers send cookies to every port of a host name. Another host name keeps the two further apart.',
        ]
      : []),
  ];
};

/** For a console that somebody can sign in to at the site's own origin. Undefined: there is none. */
export const sharedConsoleNote = ({
  sandbox,
  publicUrl,
  console: { url },
  operators,
}: ConsoleFacts): string | undefined => {
  const isEntered = operators.length > 0 || (sandbox && isLocal(publicUrl));
  return url === publicUrl && isEntered
    ? 'The console is at PUBLIC_URL, with the site: any script in the site’s pages, an advertisement’s too, can do what the signed-in operator may. Set CONSOLE_URL to another host name or port, such as https://console.example.com.'
    : undefined;
};

const generalNotes = (
  { sandbox, host, publicUrl, trustProxy, smtpUrl }: NotedSettings,
  isSet: (name: string) => boolean,
): readonly string[] => [
  ...(sandbox ? ['STRIPE_SECRET_KEY is not set: this is the sandbox, and no money is taken.'] : []),
  ...(sandbox && (isSet('STRIPE_WEBHOOK_SECRET') || isSet('STRIPE_API_BASE'))
    ? ['STRIPE_WEBHOOK_SECRET and STRIPE_API_BASE do nothing without STRIPE_SECRET_KEY.']
    : []),
  ...(sandbox && isLocal(publicUrl) && !isLoopback(host)
    ? [
        `HOST is ${host}: whoever reaches this port can move the sandbox’s clock and pay with its cards. In a container, publish the port on 127.0.0.1 only.`,
      ]
    : []),
  ...(publicUrl.startsWith('http:') && !isLocal(publicUrl)
    ? ['PUBLIC_URL is http: anybody on the way can read what readers are sent, tokens too. Use https.']
    : []),
  ...(publicUrl.startsWith('https:') && trustProxy.length === 0
    ? [
        'PUBLIC_URL is https, so a proxy stands in front, but TRUST_PROXY is not set: all readers seem to be on the proxy’s network.',
      ]
    : []),
  ...(isSet('PRESERVE_HOST') && !isSet('ORIGIN_URL')
    ? ['PRESERVE_HOST does nothing without ORIGIN_URL.']
    : []),
  ...(!sandbox && smtpUrl === undefined ? ['SMTP_URL is not set: sign-in links can’t be mailed.'] : []),
];

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
