/** The fields of a metered limit, as a form writes them and the policy takes them. */
import type { FieldChanges, MeterFields } from '../../policy/edit/policy-edit.ts';
import type { Meter, WindowRule } from '../../policy/policy.ts';
import type { FormFault } from '../draft/form-again.ts';
import { type FormRead, wholeNumber } from '../draft/form-read.ts';

/** As a browser sends them. A type, so that it can be read by any field's name. */
export type MeterTyped = {
  readonly visitor: string;
  readonly registered: string;
  readonly window: string;
  /** Of a rolling window. */
  readonly days: string;
  readonly networkAllowance: string;
  /** `yes` or ''. */
  readonly on: string;
};

export const meterAsTyped = ({ allowance, window, networkAllowance, on }: Meter): MeterTyped => ({
  visitor: String(allowance.visitor),
  registered: String(allowance.registered),
  window: window.kind,
  days: window.kind === 'rolling' ? String(window.days) : '',
  networkAllowance: networkAllowance === undefined ? '' : String(networkAllowance),
  on: on ? 'yes' : '',
});

/**
 * Only what differs, so that the policy's text says no more than its author means. Ranges are the policy's own to judge.
 *
 * @param now absent for a new one
 */
export const readMeterForm = (typed: MeterTyped, now?: Meter): FormRead<FieldChanges<MeterFields>> => {
  const faults = meterFaults(typed);
  if (faults.length > 0) return { kind: 'faulty', faults };
  const wanted = fieldsOf(typed);
  const before = now && fieldsOf(meterAsTyped(now));
  const changed = Object.entries(wanted).filter(
    ([name, value]) => before === undefined || before[name as keyof MeterFields] !== value,
  );
  return { kind: 'ok', fields: Object.fromEntries(changed) };
};

const meterFaults = ({
  visitor,
  registered,
  window,
  days,
  networkAllowance,
}: MeterTyped): readonly FormFault[] => {
  const numbered = (field: string, text: string, message: string): readonly FormFault[] =>
    wholeNumber(text) === undefined ? [{ field, message }] : [];
  return [
    ...numbered('visitor', visitor, 'Write a whole number, such as 3; 0 for no free reads.'),
    ...numbered('registered', registered, 'Write a whole number, such as 5; 0 for no free reads.'),
    ...(isWindow(window) ? [] : [{ field: 'window', message: 'Choose a window of the list.' }]),
    ...(window === 'rolling' && !isWindowLength(days)
      ? [{ field: 'days', message: 'Write how many days, from 1 to 366.' }]
      : []),
    ...(networkAllowance === ''
      ? []
      : numbered(
          'networkAllowance',
          networkAllowance,
          'Write a whole number, such as 200, or leave it empty for no limit.',
        )),
  ];
};

const isWindow = (kind: string): kind is WindowRule['kind'] =>
  kind === 'day' || kind === 'week' || kind === 'month' || kind === 'rolling';

const isWindowLength = (days: string): boolean => {
  const count = wholeNumber(days);
  return count !== undefined && count >= 1 && count <= 366;
};

const fieldsOf = (typed: MeterTyped): FieldChanges<MeterFields> => ({
  visitor: Number(typed.visitor),
  registered: Number(typed.registered),
  window: typed.window === 'rolling' ? daysInPolicy(Number(typed.days)) : typed.window,
  networkAllowance: typed.networkAllowance === '' ? null : Number(typed.networkAllowance),
  // What goes without saying isn't written.
  on: typed.on === 'yes' ? null : false,
});

const daysInPolicy = (days: number): string => (days === 1 ? '1 day' : `${days} days`);
