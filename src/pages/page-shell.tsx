/** The frame of every page of Gatefold's own: site's name above, two facing pages, contact below. */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Messages } from './messages/create-messages.ts';
import { pageStyle } from './page-style.ts';
import { contactLink } from './safe-link.ts';
import { Style } from './style.tsx';

export { pageStyleHash } from './page-style.ts';

export interface PageSite {
  readonly name: string;
  /** `https://host[:port]`, for a page at another origin than the site's. */
  readonly url?: string;
  /** An email address or an http(s) address. */
  readonly contact?: string;
  /** Marked on every page: no money moves here. */
  readonly sandbox?: boolean;
  /** What this reader may tell support, to be found by. */
  readonly visitorNumber?: string;
}

export interface PageShellProps {
  readonly messages: Messages;
  readonly site: PageSite;
  readonly title: string;
  /** What the page says, under its heading. */
  readonly words?: ComponentChildren;
  /** What can be done here. */
  readonly children: ComponentChildren;
  /** Goes there by itself after so many seconds; a local path. */
  readonly refresh?: { readonly seconds: number; readonly to: string };
}

/** Where the sandbox's clock is moved and its webhooks are disturbed. */
const sandboxControls = '/-/sandbox/';

/** @param path at the site, wherever the page is. */
export const siteAddress = ({ url = '' }: PageSite, path: string): string => `${url}${path}`;

/** A whole document. */
export const renderPage = (page: VNode): string => `<!DOCTYPE html>${renderToString(page)}`;

/** Own pages aren't for search engines, and links away must not carry an address that may hold a sign-in secret. */
export const PageShell = ({ messages, site, title, words, children, refresh }: PageShellProps) => (
  <html lang={messages.locale} dir={messages.direction}>
    <head>
      <meta charset="utf-8" />
      <title>{`${title} · ${site.name}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <meta name="color-scheme" content="light dark" />
      {refresh && <meta http-equiv="refresh" content={`${refresh.seconds}; url=${refresh.to}`} />}
      <Style text={pageStyle} />
    </head>
    <body>
      <a class="skip" href="#content">
        {messages.text('page.skip')}
      </a>
      {site.sandbox && (
        <aside class="band">
          {messages.text('page.sandbox')}{' '}
          <a href={siteAddress(site, sandboxControls)}>{messages.text('page.sandboxControls')}</a>
        </aside>
      )}
      <header class="top">
        <a class="name" href={siteAddress(site, '/')}>
          <bdi>{site.name}</bdi>
        </a>
      </header>
      <main id="content" tabIndex={-1}>
        <div class="verso">
          <h1>{title}</h1>
          {words}
        </div>
        <div class="recto">{children}</div>
      </main>
      <footer class="foot">
        <Contact messages={messages} site={site} />
        <a href={siteAddress(site, '/')}>{messages.text('page.home')}</a>
        {site.visitorNumber !== undefined && (
          <small>
            {messages.text('page.visitorNumber')}: <code>{site.visitorNumber}</code>
          </small>
        )}
      </footer>
    </body>
  </html>
);

const Contact = ({ messages, site }: { messages: Messages; site: PageSite }) => {
  if (site.contact === undefined) return null;
  return (
    <span>
      {messages.text('page.contact')} <ContactLink contact={site.contact} />
    </span>
  );
};

export const ContactLink = ({ contact, button = false }: { contact: string; button?: boolean }) => {
  const href = contactLink(contact);
  if (href === undefined) return <bdi>{contact}</bdi>;
  return (
    <a href={href} class={button ? 'button' : undefined}>
      <bdi>{contact}</bdi>
    </a>
  );
};

/** Read out at once, since it says why the page came back. */
export const Fault = ({ id, text }: { id: string; text: string }) => (
  <p class="fault" id={id} role="alert">
    {text}
  </p>
);
