/** What is wrong with a policy's text, or hardly meant in it, each with its line and the text around that line. */
import { type PolicyFault, unnamed } from '../../policy/policy-fault.ts';

interface Props {
  /** Unique in the page. */
  readonly id: string;
  readonly faults: readonly PolicyFault[];
  readonly text: string;
  /** Where the text can be edited: in this page, or in another one that shows the same faults. Absent: nowhere. */
  readonly editor?: { readonly here: true } | { readonly here: false; readonly path: string };
}

const mostShown = 50;

export const FaultList = ({ id, faults, text, editor }: Props) => {
  const lines = text.split('\n');
  const more = Math.max(0, faults.length - mostShown) + unnamed(faults);
  return (
    <>
      <ol class="warned versions-faults" id={id}>
        {faults.slice(0, mostShown).map((fault, at) => (
          <li key={at} id={`${id}-${at + 1}`}>
            <FaultWords fault={fault} href={hrefOf(editor, `${id}-${at + 1}`)} />
            <Excerpt lines={lines} line={fault.line} />
          </li>
        ))}
      </ol>
      {more > 0 && <p>And {more} more, which are shown once these are mended.</p>}
    </>
  );
};

const hrefOf = (editor: Props['editor'], id: string): string | undefined => {
  if (editor === undefined) return undefined;
  return editor.here ? '#text' : `${editor.path}#${id}`;
};

const FaultWords = ({ fault, href }: { fault: PolicyFault; href: string | undefined }) => {
  const { line, message, instead } = fault;
  return (
    <p>
      {href === undefined ? (
        <b>Line {line}</b>
      ) : (
        <a href={href} data-line={line}>
          Line {line}
        </a>
      )}
      : {message}. <span>Write {instead}.</span>
    </p>
  );
};

const around = 1;
const longestLine = 300;

const Excerpt = ({ lines, line }: { lines: readonly string[]; line: number }) => {
  const from = Math.max(0, line - 1 - around);
  return (
    <pre>
      {lines.slice(from, line + around).map((text, at) => {
        const number = from + at + 1;
        const row = `${String(number).padStart(4)}  ${text.slice(0, longestLine)}\n`;
        return number === line ? <mark key={number}>{row}</mark> : row;
      })}
    </pre>
  );
};

export const faultsCounted = (faults: readonly PolicyFault[]): string => {
  const count = faults.length + unnamed(faults);
  return count === 1 ? 'one fault' : `${count} faults`;
};
