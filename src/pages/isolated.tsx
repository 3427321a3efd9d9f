/** An element of Gatefold's inside another site's page: its looks in a shadow tree, its essential words in the page itself. */
import type { ComponentChildren } from 'preact';
import { h } from 'preact';
import type { Messages } from './messages/create-messages.ts';
import { Style } from './style.tsx';

export interface IsolatedProps {
  readonly name: 'gatefold-prompt' | 'gatefold-notice' | 'gatefold-more';
  readonly messages: Messages;
  readonly styles: readonly string[];
  /** What browsers show that know declarative shadow DOM. */
  readonly shadow: ComponentChildren;
  /** See `LineFacts`. */
  readonly atFoot?: boolean;
  /** Children with a `slot`: plain words for every other browser, for reader modes and for `innerText`. */
  readonly children?: ComponentChildren;
}

export const Isolated = ({ name, messages, styles, shadow, atFoot, children }: IsolatedProps) =>
  h(
    name,
    { lang: messages.locale, dir: messages.direction, ...(atFoot ? { 'data-at': 'foot' } : {}) },
    <template shadowrootmode="open">
      {styles.map((style) => (
        <Style text={style} />
      ))}
      {shadow}
    </template>,
    children,
  );

/** A word of the light tree that the shadow tree places. */
export const slotted = (slot: string): Record<string, string> => ({ slot });
