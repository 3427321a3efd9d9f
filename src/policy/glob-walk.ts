/**
 * Whether a path matches a glob, in time that grows with the path’s length and no faster: it is walked through once, with
 * all states that the glob can be in at the same time, 32 of them in a number (Baeza-Yates and Gonnet’s Shift-And, and
 * jumps). Regular expressions try one way after the other, which with three stars takes the length’s third power.
 */
import type { GlobStates, Jump, Step } from './glob-states.ts';

export interface GlobWalk {
  /** @param work is told what was done, in steps */
  matches(path: string, work?: { steps: number }): boolean;
  /** The most that `matches` does for each character of a path. */
  readonly stepsPerCharacter: number;
}

/** @param anyCase letters match whatever their case, as in regular expressions */
export const walkOf = (states: GlobStates, anyCase = false): GlobWalk => {
  const { steps, jumps, ends } = states;
  const bits = bitsFor(steps.length + 1);
  const enterable = enterableBy(steps, bits, anyCase);
  const staying = { inName: bits(states.stays.keys()), atSlash: bits(keysOf(states.stays, 'any')) };
  const last = bits([steps.length, ...ends]);
  const [jumping, anywhere] = [bits(jumps.map(({ from }) => from)), jumps.filter(({ atEnd }) => !atEnd)];
  const barredAt = barring(states, bits);
  const stepsPerCharacter = stepsFor(states);

  const matches = (path: string, work?: { steps: number }): boolean => {
    const end = path.length;
    let active = bits(has(barredAt(path, 0), 0) ? [] : [0]);
    let next = bits([]);
    jump(active, end === 0 ? jumps : anywhere, jumping, barredAt(path, 0));
    for (let at = 0; at < end; at += 1) {
      if (work) work.steps += stepsPerCharacter;
      const code = path.charCodeAt(at);
      const barred = barredAt(path, at + 1);
      const stays = code === slashCode ? staying.atSlash : staying.inName;
      if (!move(active, next, enterable(code), barred, stays)) return false;
      jump(next, at + 1 === end ? jumps : anywhere, jumping, barred);
      [active, next] = [next, active];
    }
    return haveCommon(active, last);
  };
  return { matches, stepsPerCharacter };
};

/** One for each number and for each jump; looking at the character takes about as long as four of them. */
export const stepsFor = ({ steps, jumps }: GlobStates): number =>
  4 + numbersFor(steps.length + 1) + jumps.length;

const slashCode = 47;

/** One for each state, the first in the first number’s lowest bit. */
type Bits = Int32Array;

const numbersFor = (states: number): number => Math.ceil(states / 32);

const bitsFor =
  (states: number) =>
  (set: Iterable<number>): Bits => {
    const bits = new Int32Array(numbersFor(states));
    for (const state of set) add(bits, state);
    return bits;
  };

const at = (bits: Bits, index: number): number => bits[index] ?? 0;
const has = (bits: Bits, state: number): boolean => ((at(bits, state >>> 5) >>> (state & 31)) & 1) === 1;
const add = (bits: Bits, state: number): void => {
  bits[state >>> 5] = at(bits, state >>> 5) | (1 << (state & 31));
};

const haveCommon = (some: Bits, others: Bits): boolean => {
  for (let index = 0; index < some.length; index += 1) {
    if ((at(some, index) & at(others, index)) !== 0) return true;
  }
  return false;
};

/** Each state leads to the next where the character lets it, and stays where it may. False: none is left. */
const move = (from: Bits, into: Bits, enterable: Bits, barred: Bits, staying: Bits): boolean => {
  let carried = 0;
  let left = 0;
  for (let index = 0; index < from.length; index += 1) {
    const active = at(from, index);
    const led = ((active << 1) | carried) & at(enterable, index) & ~at(barred, index);
    const moved = led | (active & at(staying, index));
    into[index] = moved;
    left |= moved;
    carried = active >>> 31;
  }
  return left !== 0;
};

/** They lead forwards, and come in the order of where they begin: one walk through them follows all. */
const jump = (active: Bits, jumps: readonly Jump[], jumping: Bits, barred: Bits): void => {
  if (jumps.length === 0 || !haveCommon(active, jumping)) return;
  for (const { from, to } of jumps) {
    if (has(active, from) && !has(barred, to)) add(active, to);
  }
};

const keysOf = <Kind>(map: ReadonlyMap<number, Kind>, ...kinds: readonly Kind[]): number[] =>
  [...map].flatMap(([state, kind]) => (kinds.includes(kind) ? [state] : []));

/** The states that mustn’t be entered at a place of the path, by what is left of the name there. */
const barring = ({ guards }: GlobStates, bits: (set: Iterable<number>) => Bits) => {
  const none = bits([]);
  if (guards.size === 0) return () => none;
  const all = bits(guards.keys());
  const afterSlash = bits(keysOf(guards, 'slash'));
  return (path: string, place: number): Bits => {
    if (endsName(path, place)) return all;
    if (path.charCodeAt(place) !== dotCode) return none;
    if (endsName(path, place + 1)) return all;
    return path.charCodeAt(place + 1) === dotCode && endsName(path, place + 2) ? afterSlash : none;
  };
};

const dotCode = 46;

const endsName = (path: string, place: number): boolean =>
  place >= path.length || path.charCodeAt(place) === slashCode;

/** The states that a character leads into from the one before; made once for each character that comes. */
const enterableBy = (
  steps: readonly Step[],
  bits: (set: Iterable<number>) => Bits,
  anyCase: boolean,
): ((code: number) => Bits) => {
  const takes = steps.map((step) => takerOf(step, anyCase));
  const make = (letter: string): Bits =>
    bits(takes.flatMap((take, index) => (take(letter) ? [index + 1] : [])));
  const known: (Bits | undefined)[] = [];
  const keep = (code: number): Bits => {
    const made = make(String.fromCharCode(code));
    if (code < mostKept) known[code] = made;
    return made;
  };
  return (code) => known[code] ?? keep(code);
};

/** All that can stand in a canonical path or in a header’s bytes; to keep the others would be memory for nothing. */
const mostKept = 256;

const takerOf = (step: Step, anyCase: boolean): ((letter: string) => boolean) => {
  switch (step.kind) {
    case 'letter':
      return anyCase
        ? (letter) => inOneCase(letter) === inOneCase(step.letter)
        : (letter) => letter === step.letter;
    case 'class':
      return classTaker(step.source, anyCase);
    case 'one':
      return (letter) => letter !== '/';
    case 'none':
      return () => false;
  }
};

/** As regular expressions compare letters without regard to case. */
export const inOneCase = (text: string): string =>
  text.replace(/[\s\S]/g, (letter) => {
    const upper = letter.toUpperCase();
    return upper.length === 1 && (letter < '\x80' || upper >= '\x80') ? upper : letter;
  });

/** One character against one class is the one thing that a regular expression can’t take long over. */
const classTaker = (source: string, anyCase: boolean): ((letter: string) => boolean) => {
  try {
    const pattern = new RegExp(`^${source}$`, anyCase ? 'i' : '');
    return (letter) => pattern.test(letter);
  } catch {
    // A range the wrong way round, such as [z-a], holds nothing.
    return () => false;
  }
};
