/** What was typed into a form that asks for a look, as the question that it means; emails become the reader's number. */
import { decisionCodeIn } from '../../gate/decision-code.ts';
import type { Email } from '../../readers/reader.ts';
import type { ReaderStore } from '../../readers/reader-store.ts';
import { readVisitorNumber } from '../../readers/visitor-number.ts';
import type { LookQuestion } from './look-address.ts';
import { type LookFault, type LookField, lookFault } from './look-faults.ts';
import { type LookForm, mostReads } from './look-schema.ts';

export type TypedLook =
  | { readonly kind: 'question'; readonly question: LookQuestion }
  | { readonly kind: 'faulty'; readonly status: number; readonly field: LookField; readonly message: string };

/** Rejects when the store can't be asked. */
export const readTypedLook = async (
  typed: LookForm,
  readers: Pick<ReaderStore, 'byEmail'>,
): Promise<TypedLook> => {
  const { as, policy } = typed;
  const address = typed.address.trim();
  const common = { address, as, policy, reads: 0 };
  if (as === 'reference') return readReference(typed.code, common);
  if (address === '') return faulty('address', 422, 'Write the article’s path, or choose one from the list.');
  if (as === 'named') return readWho(typed.who, common, readers);
  const isRead = as === 'visitor' || as === 'registered';
  // The field is out of sight for everybody else, whatever it holds.
  const reads = isRead ? countIn(typed.reads) : 0;
  if (reads === undefined)
    return faulty('reads', 422, `Write a whole number from 0 to ${mostReads}, such as 3.`);
  const product = typed.product === '' ? {} : { product: typed.product };
  return { kind: 'question', question: { ...common, reads, ...product } };
};

const readReference = (typed: string, common: LookQuestion): TypedLook => {
  const code = decisionCodeIn(typed);
  return code === undefined
    ? ofFault('code', 'reference-unknown', 422)
    : { kind: 'question', question: { ...common, code } };
};

const readWho = async (
  typed: string,
  common: LookQuestion,
  readers: Pick<ReaderStore, 'byEmail'>,
): Promise<TypedLook> => {
  const who = typed.trim();
  if (readVisitorNumber(who)) return { kind: 'question', question: { ...common, number: who } };
  if (!/^[^\s@]{1,64}@[^\s@]+$/.test(who)) return ofFault('who', 'reader-unknown', 422);
  const record = await readers.byEmail(who.toLowerCase() as Email);
  return record
    ? { kind: 'question', question: { ...common, number: `reader.${record.id}` } }
    : ofFault('who', 'reader-unknown', 404);
};

const countIn = (typed: string): number | undefined => {
  const text = typed.trim();
  if (text === '') return 0;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return count <= mostReads ? count : undefined;
};

const faulty = (field: LookField, status: number, message: string): TypedLook => ({
  kind: 'faulty',
  status,
  field,
  message,
});

const ofFault = (field: LookField, fault: LookFault, status: number): TypedLook =>
  faulty(field, status, lookFault(fault).sentence);

/** How a reader or visitor of that number is called on the page: by their address where they have one. */
export const nameOfNumber = async (number: string, readers: Pick<ReaderStore, 'byId'>): Promise<string> => {
  const read = readVisitorNumber(number);
  if (read?.kind !== 'reader') return number;
  return (await readers.byId(read.id))?.email ?? number;
};
