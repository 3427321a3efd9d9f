/** A publication's masthead: tide lines under a bookish name, or a lamp beside a wide one. */
import { publicationAddress, sectionAddress } from '../addresses.ts';
import { sectionsOf } from '../library.ts';
import type { SitePublication } from '../site-schema.ts';
import { slugOf } from '../slug.ts';
import type { PageContext } from './page-context.ts';

export interface MastheadProps {
  readonly context: PageContext;
  readonly publication: SitePublication;
  /** The publication's own front page, where the name is the page's heading. */
  readonly isFront?: boolean;
  readonly currentSection?: string | undefined;
}

export function Masthead({ context, publication, isFront = false, currentSection }: MastheadProps) {
  const { site } = context.library;
  const Name = isFront ? 'h1' : 'p';
  return (
    <header class={isFront ? 'masthead masthead-front' : 'masthead'} lang={site.language}>
      <Name class="masthead-name">
        <a href={publicationAddress(publication.id)}>
          {publication.character === 'lamplit' && <LampSign />}
          <span>{publication.name}</span>
        </a>
      </Name>
      {isFront && publication.tagline && <p class="masthead-tagline">{publication.tagline}</p>}
      {publication.character === 'tidal' && <TideSign />}
      <SectionLinks context={context} publication={publication} currentSection={currentSection} />
    </header>
  );
}

export function SectionLinks({ context, publication, currentSection }: MastheadProps) {
  const sections = sectionsOf(context.library, publication.id);
  if (sections.length === 0) return null;
  const current = currentSection === undefined ? undefined : slugOf(currentSection);
  return (
    <nav class="section-links" aria-label={`Sections of ${publication.name}`}>
      <ul>
        {sections.map((section) => (
          <li key={section}>
            <a
              href={sectionAddress(publication.id, section)}
              {...(slugOf(section) === current && { 'aria-current': 'true' as const })}
            >
              {section}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function TideSign() {
  return (
    <svg
      class="tide-sign"
      viewBox="0 0 400 20"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M0 7q25-6 50 0t50 0 50 0 50 0 50 0 50 0 50 0 50 0" />
      <path d="M0 12q40-5 80 0t80 0 80 0 80 0 80 0" />
      <path d="M0 17q20-3 40 0t40 0 40 0 40 0 40 0 40 0 40 0 40 0 40 0 40 0" />
    </svg>
  );
}

function LampSign() {
  return (
    <svg class="lamp-sign" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <circle cx="20" cy="20" r="19" opacity=".18" />
      <circle cx="20" cy="20" r="13" opacity=".3" />
      <circle cx="20" cy="20" r="7" />
    </svg>
  );
}
