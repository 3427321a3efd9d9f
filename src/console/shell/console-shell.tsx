/** The frame of the console's pages: whose site, who is signed in, and the places on the left; the work on the right. */
import type { ComponentChildren } from 'preact';
import { type PageSite, renderPage } from '../../pages/page-shell.tsx';
import { pageStyle } from '../../pages/page-style.ts';
import { Style } from '../../pages/style.tsx';
import type { Role } from '../operators/may.ts';
import { assetPath, type ConsoleAsset } from './assets.ts';
import { type ConsolePath, consolePlaces } from './console-places.ts';
import { consoleStyle } from './console-style.ts';
import { LinkedSite, SiteLink } from './site-link.tsx';

/** What every page of the console knows. */
export interface ConsoleFrame {
  readonly site: PageSite;
  readonly operator: { readonly email: string; readonly role: Role };
  /** IANA name: the site's. */
  readonly timeZone: string;
}

interface ConsoleShellProps {
  readonly frame: ConsoleFrame;
  readonly place: ConsolePath;
  /** Where it isn't the place's own name. */
  readonly title?: string;
  /** What the last change came to. */
  readonly notice?: string | undefined;
  /** Why the page came back. */
  readonly fault?: string | undefined;
  /** Files of the console's own; the page works without them. */
  readonly scripts?: readonly ConsoleAsset[];
  readonly sheets?: readonly ConsoleAsset[];
  /** Where script doesn't ask for news, the page itself comes again after so many seconds, at this local address. */
  readonly refresh?: { readonly seconds: number; readonly to: string } | undefined;
  readonly children: ComponentChildren;
}

export const renderConsolePage = (props: ConsoleShellProps): string =>
  renderPage(
    <LinkedSite value={props.frame.site}>
      <ConsoleShell {...props} />
    </LinkedSite>,
  );

const ConsoleShell = ({
  frame,
  place,
  title,
  notice,
  fault,
  scripts = [],
  sheets = [],
  refresh,
  children,
}: ConsoleShellProps) => {
  const { site } = frame;
  const heading = title ?? consolePlaces.find(({ path }) => path === place)?.name ?? '';
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{`${heading} · Console of ${site.name}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        {/* Browsers would ask the origin for one. */}
        <link rel="icon" href="data:," />
        <meta name="color-scheme" content="light dark" />
        <Style text={pageStyle} />
        <Style text={consoleStyle} />
        {sheets.map((name) => (
          <link key={name} rel="stylesheet" href={assetPath(name)} />
        ))}
        {refresh && (
          <noscript>
            <meta http-equiv="refresh" content={`${refresh.seconds}; url=${refresh.to}`} />
          </noscript>
        )}
        {scripts.map((name) => (
          <script key={name} type="module" src={assetPath(name)} />
        ))}
      </head>
      <body class="desk">
        <a class="skip" href="#content">
          Skip to the content
        </a>
        {site.sandbox && <p class="band">Sandbox: nothing here is real, and no money moves.</p>}
        <Top frame={frame} />
        <div class="spread">
          <Places place={place} />
          <main id="content" tabIndex={-1}>
            <h1>{heading}</h1>
            {notice && (
              <p class="note" role="status">
                {notice}
              </p>
            )}
            {fault && (
              <p class="fault" role="alert">
                {fault}
              </p>
            )}
            {children}
          </main>
        </div>
        <Foot />
      </body>
    </html>
  );
};

const Top = ({ frame: { site, operator } }: { frame: ConsoleFrame }) => (
  <header class="top">
    <a class="name" href="/-/console">
      <bdi>{site.name}</bdi> <span>Console</span>
    </a>
    <div class="who">
      <span>
        <bdi>{operator.email}</bdi>, {operator.role}
      </span>
      <form method="post" action="/-/console/sign-out">
        <button class="button quiet small" type="submit">
          Sign out
        </button>
      </form>
    </div>
  </header>
);

const Places = ({ place }: { place: ConsolePath }) => (
  <nav class="places" aria-label="Console">
    <ul>
      {consolePlaces.map(({ path, name }) => (
        <li key={path}>
          <a href={path} aria-current={path === place ? 'page' : undefined}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const Foot = () => (
  <footer class="foot">
    <SiteLink path="/">Look at the site</SiteLink>
    <form method="post" action="/-/console/sign-out/everywhere">
      <button class="plain" type="submit">
        Sign out in every browser
      </button>
    </form>
  </footer>
);
