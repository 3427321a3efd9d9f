/** Type a number, or pick one that is known to do something: a group of choices that works without script. */
import { grouped, type TestNumber } from './test-numbers.ts';

interface NumberPicksProps {
  /** Of the radio buttons; the value `typed` stands for the field beside them. */
  readonly name: string;
  readonly legend: string;
  readonly typedLabel: string;
  readonly numbers: readonly TestNumber[];
  readonly picked: string;
  /** Of the picked number; a typed one's stands at its field. */
  readonly fault?: string | undefined;
}

export const NumberPicks = ({ name, legend, typedLabel, numbers, picked, fault }: NumberPicksProps) => {
  const others = numbers.filter(({ common }) => !common);
  const known = numbers.some(({ number }) => number === picked);
  const faultId = `${name}-fault`;
  const faulty = { autofocus: true, 'aria-describedby': faultId };
  const pick = ({ number, effect }: TestNumber) => (
    <label>
      <input
        type="radio"
        name={name}
        value={number}
        checked={number === picked}
        {...(fault !== undefined && number === picked && faulty)}
      />
      <span>
        <span class="number">{grouped(number)}</span>
        <small>{effect}</small>
      </span>
    </label>
  );
  return (
    <fieldset>
      <legend class="minor">{legend}</legend>
      {fault !== undefined && (
        <p class="fault" id={faultId} role="alert">
          {fault}
        </p>
      )}
      <div class="picks">
        <label>
          <input type="radio" name={name} value="typed" checked={!known} />
          <span>{typedLabel}</span>
        </label>
        {numbers.filter(({ common }) => common).map(pick)}
        {others.length > 0 && (
          <details open={others.some(({ number }) => number === picked)}>
            <summary>{others.length} more test numbers</summary>
            {others.map(pick)}
          </details>
        )}
      </div>
    </fieldset>
  );
};
