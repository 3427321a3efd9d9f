/** A moment as operators read it: in the site's own time zone, to the minute. */

interface MomentProps {
  /** Milliseconds. */
  readonly at: number;
  /** IANA name. */
  readonly timeZone: string;
}

export const Moment = ({ at, timeZone }: MomentProps) => (
  <time dateTime={new Date(at).toISOString()}>{formatOf(timeZone).format(at)}</time>
);

/** Making a formatter costs more than a page of times; a process knows few zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone });
  formats.set(timeZone, made);
  return made;
};
