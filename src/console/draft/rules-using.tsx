/** Which rules use something, as links to them. */
import type { RulesInUse } from './rules-in-use.ts';

interface Props {
  readonly uses: RulesInUse;
  /** What stands before them. */
  readonly lead: string;
  /** A sentence for when there is none. */
  readonly none: string;
}

/** More are folded away. */
const shown = 12;

export const RulesUsing = ({ uses: { rules, otherwise }, lead, none }: Props) => {
  if (rules.length === 0 && !otherwise) return <p>{none}</p>;
  const links = [
    ...rules.map((id) => ({ href: `/-/console/rules#rule-${id}`, text: id as string })),
    ...(otherwise ? [{ href: '/-/console/rules#otherwise', text: 'all other articles' }] : []),
  ];
  if (links.length <= shown)
    return (
      <p>
        {lead}
        <Links links={links} />.
      </p>
    );
  return (
    <details class="hush">
      <summary>
        {lead}
        {links.length} rules
      </summary>
      <p>
        <Links links={links} />.
      </p>
    </details>
  );
};

const Links = ({ links }: { links: readonly { readonly href: string; readonly text: string }[] }) => (
  <>
    {links.map(({ href, text }, place) => (
      <span key={href}>
        {place > 0 && ', '}
        <a href={href}>{text}</a>
      </span>
    ))}
  </>
);
