/** What the cutoffs' page is asked to show, as it stands in an address. */
import type { TypedCutoff } from './typed-cutoff.ts';
import type { CutoffPlace } from './written-cutoffs.ts';

export interface CutoffsAsked {
  /** Whose cutoff is looked at and edited. */
  readonly place: CutoffPlace;
  /** Absent: as the draft has it. */
  readonly typed?: TypedCutoff | undefined;
  /** Of the article that it is tried on; '': the first that fits. */
  readonly address: string;
  readonly width: 'desk' | 'phone';
}

/** The page itself, without what was only typed. */
export const cutoffsAddress = ({ place, address, width }: Omit<CutoffsAsked, 'typed'>): string =>
  `/-/console/cutoffs?${query({ rule: place ?? '', address, width })}`;

/** The article as its reader would get it. */
export const pictureAddress = ({ place, address, typed }: Omit<CutoffsAsked, 'width'>): string =>
  `/-/console/cutoffs/picture?${query({ rule: place ?? '', address, ...typed })}`;

const query = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();

/** An address is typed, or an article chosen from the list: whichever of the two was changed last is meant. */
export const chosenAddress = ({
  article,
  address,
  shown,
}: Readonly<Record<'article' | 'address' | 'shown', string>>): string =>
  address !== '' && address !== shown ? address : article || address;
