/** The frame of every page of the sandbox: the band that says no money moves, two facing pages, the sandbox's time below. */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Style } from '../../pages/style.tsx';
import { hostedPaths } from '../hosted.ts';
import { momentText } from './date-text.ts';
import { sandboxStyle } from './page-style.ts';

interface FrameProps {
  /** What this part of the sandbox is: "Gatefold sandbox checkout". */
  readonly part: string;
  readonly title: string;
  /** Milliseconds, of the sandbox's clock. */
  readonly now: number;
  /** On the left, above and below the title. */
  readonly above?: ComponentChildren;
  readonly words?: ComponentChildren;
  /** What was just done, in a sentence. */
  readonly done?: string | undefined;
  /** What couldn't be done, and why; faults of fields stand at the fields. */
  readonly fault?: string | undefined;
  /** What can be done here. */
  readonly children: ComponentChildren;
  /** The right side has long lists. */
  readonly wide?: boolean;
  /** Fields came back with faults: said in the tab, which a screen reader reads first. */
  readonly faulty?: boolean;
}

/** A whole document. */
export const renderFrame = (page: VNode): string => `<!DOCTYPE html>${renderToString(page)}`;

export const Frame = ({
  part,
  title,
  now,
  above,
  words,
  children,
  wide,
  faulty,
  done,
  fault,
}: FrameProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>{`${faulty || fault !== undefined ? 'Please mend: ' : ''}${title} · ${part}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <meta name="color-scheme" content="light dark" />
      <Style text={sandboxStyle} />
    </head>
    <body>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <header>
        <p class="band">
          <b>Sandbox: no real money.</b> Nothing here reaches a bank. Don’t type a real card.
        </p>
        <div class="top">
          <span class="name">{part}</span>
        </div>
      </header>
      <main id="content" tabIndex={-1} class={wide ? 'wide' : undefined}>
        <div class="verso">
          {above}
          <h1>{title}</h1>
          {fault !== undefined && <Fault text={fault} />}
          {done !== undefined && (
            <p class="note spoken" role="status">
              {done}
            </p>
          )}
          {words}
        </div>
        <div class="recto">{children}</div>
      </main>
      <footer class="foot">
        <span>
          Sandbox time: <time dateTime={isoOf(now)}>{momentText(now, 'en')}</time>
        </span>
        <a href={`${hostedPaths.prefix}/`}>Sandbox controls</a>
      </footer>
    </body>
  </html>
);

/** Takes the focus, so that nobody has to look for what went wrong, and is read out. */
export const Fault = ({ text }: { text: string }) => (
  <p class="fault spoken" role="alert" tabIndex={-1} autofocus>
    {text}
  </p>
);

const isoOf = (at: number): string | undefined => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
};
