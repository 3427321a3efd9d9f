/** A link from the console to a page of the site, which may be at another origin. */
import { type ComponentChildren, createContext } from 'preact';
import { type PageSite, siteAddress } from '../../pages/page-shell.tsx';

const SiteOfPage = createContext<PageSite>({ name: '' });

/** Around a page of the console: whose site its links lead to. */
export const LinkedSite = SiteOfPage.Provider;

interface Props {
  /** From the site's root. */
  readonly path: string;
  readonly children: ComponentChildren;
}

export const SiteLink = ({ path, children }: Props) => (
  <SiteOfPage.Consumer>
    {(site) => <a href={siteAddress(site, `/${path.replace(/^\/+/, '')}`)}>{children}</a>}
  </SiteOfPage.Consumer>
);
