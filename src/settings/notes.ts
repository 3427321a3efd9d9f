/** What works with these settings, but perhaps isn't meant. */
import { isLocal } from './addresses.ts';

interface NotedSettings {
  readonly sandbox: boolean;
  readonly host: string;
  readonly publicUrl: string;
  readonly trustProxy: readonly string[];
  readonly smtpUrl?: string;
}

export const notesOn = (
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
  ...(!sandbox && smtpUrl === undefined ? ['SMTP_URL is not set: sign-in links can’t be mailed.'] : []),
];

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
