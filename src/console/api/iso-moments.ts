/** Facts as the gate has them, with their moments written as the management API writes all of them. */
import { iso } from './moment.ts';

/** Every field whose name ends in `At` is a moment. */
export type IsoMoments<Facts> = Facts extends string | number | boolean | null | undefined
  ? Facts
  : Facts extends readonly (infer Item)[]
    ? readonly IsoMoments<Item>[]
    : {
        readonly [Name in keyof Facts]: Name extends `${string}At`
          ? IsoMoment<Facts[Name]>
          : IsoMoments<Facts[Name]>;
      };

type IsoMoment<At> = At extends number ? string : At;

export const isoMoments = <Facts>(facts: Facts): IsoMoments<Facts> => written(facts) as IsoMoments<Facts>;

const written = (facts: unknown): unknown => {
  if (Array.isArray(facts)) return facts.map(written);
  if (typeof facts !== 'object' || facts === null) return facts;
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'number' && name.endsWith('At') ? iso(value) : written(value),
    ]),
  );
};
