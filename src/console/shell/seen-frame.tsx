/** A frame for a page that is only looked at, as wide as on a desk or on a phone. */

interface Props {
  readonly id: string;
  /** `part`: of a page, as wide as there is room. */
  readonly width: 'desk' | 'phone' | 'part';
  readonly title: string;
  /** An address that answers by `sendSeenPage` or `sendPicture`; absent: nothing is shown. */
  readonly src: string | undefined;
}

/** On a desk it is drawn smaller than it is, so that all of its width is seen. */
export const SeenFrame = ({ id, width, title, src }: Props) => (
  <div class="seen-frame" data-width={width} hidden={src === undefined}>
    <iframe id={id} title={title} src={src} sandbox="" />
  </div>
);
