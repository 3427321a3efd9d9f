/** The thin bar at the top of every page: the house's name, its publications, and the links of `site.yaml`. */
import { publicationAddress } from '../addresses.ts';
import type { PageContext } from './page-context.ts';

export function HouseBar({
  context,
  current,
}: {
  readonly context: PageContext;
  readonly current: string | undefined;
}) {
  const { site, publications } = context.library;
  return (
    <div class="house-bar" lang={site.language}>
      <nav class="house-bar-inside" aria-label={site.name}>
        <a class="house-name" href="/">
          {site.name}
        </a>
        <ul>
          {publications.map(({ id, name }) => (
            <li key={id}>
              <a href={publicationAddress(id)} {...(id === current && { 'aria-current': 'true' as const })}>
                {name}
              </a>
            </li>
          ))}
        </ul>
        {site.links.length > 0 && (
          <ul class="house-links">
            {site.links.map(({ name, to }) => (
              <li key={to}>
                <a href={to}>{name}</a>
              </li>
            ))}
          </ul>
        )}
      </nav>
    </div>
  );
}
