/** Cover art of tide lines: a low sun or moon, and water lying in contours round land that isn't drawn. */
import type { SeededNumbers } from './seeded-numbers.ts';
import { type Point, short, smoothLine } from './svg-path.ts';

interface Palette {
  readonly sky: readonly [string, string];
  readonly disc: string;
  readonly far: string;
  readonly near: string;
  readonly line: string;
}

const PALETTES: readonly [Palette, ...Palette[]] = [
  { sky: ['#dfe9e6', '#f6e7cf'], disc: '#e8a15c', far: '#a9c9c6', near: '#0f4c55', line: '#f3efe2' },
  { sky: ['#c9d9df', '#eef0e6'], disc: '#fbf7ea', far: '#8fb2bd', near: '#173f57', line: '#e9f1ee' },
  { sky: ['#f2d9c3', '#f8ecd6'], disc: '#cf5f43', far: '#d9b79c', near: '#3d4f56', line: '#fbf2e4' },
  { sky: ['#203a4a', '#3f6673'], disc: '#f3e3b8', far: '#3a6370', near: '#0a2430', line: '#a9cfd0' },
  { sky: ['#e6e4d4', '#d5ddc9'], disc: '#f0c75e', far: '#b3bf9f', near: '#3a5447', line: '#f4f2e2' },
  { sky: ['#e8dcdf', '#f4ebe4'], disc: '#b8546a', far: '#c3aeb9', near: '#43405f', line: '#f7f0ee' },
];

interface Shoal {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
}

/** The content of an 800 by 500 picture; `id` keeps its gradients apart. */
export const tidalArt = (numbers: SeededNumbers, id: string): string => {
  const palette = numbers.pick(PALETTES);
  const horizon = numbers.between(150, 250);
  const lines = numbers.whole(13, 19);
  const shoals = Array.from({ length: numbers.whole(2, 4) }, () => shoal(numbers));
  const swell = {
    length: numbers.between(0.006, 0.013),
    phase: numbers.between(0, 6),
    height: numbers.between(3, 9),
  };
  const discX = numbers.between(150, 650);
  const radius = numbers.between(42, 96);
  const water = Array.from({ length: lines }, (_, index) => {
    const nearness = index / (lines - 1);
    const level = horizon + (500 - horizon) * nearness ** 1.35;
    const points = Array.from({ length: 24 }, (_, step): Point => {
      const x = step * 38 - 40;
      const lift = shoals.reduce((sum, each) => sum + liftOf(each, x, nearness), 0);
      const wave =
        Math.sin(x * swell.length * (1 + nearness) + swell.phase + index * 0.7) * swell.height * nearness;
      return [x, level - lift + wave];
    });
    const edge = smoothLine(points);
    const fill = mix(palette.far, palette.near, nearness);
    return `<path d="${edge}V520H-40Z" fill="${fill}"/><path d="${edge}" fill="none" stroke="${palette.line}" stroke-width="${short(0.7 + nearness * 1.5)}" opacity="${short(0.85 - nearness * 0.35)}"/>`;
  });
  return `<defs><linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${palette.sky[0]}"/><stop offset=".6" stop-color="${palette.sky[1]}"/></linearGradient></defs><path fill="url(#${id})" d="M0 0h800v500H0z"/><circle cx="${short(discX)}" cy="${short(horizon - numbers.between(-radius * 0.5, radius * 0.8))}" r="${short(radius)}" fill="${palette.disc}"/>${water.join('')}`;
};

const shoal = (numbers: SeededNumbers): Shoal => ({
  x: numbers.between(-40, 840),
  width: numbers.between(60, 210),
  height: numbers.between(30, 120),
  depth: numbers.between(0.1, 0.7),
});

/** Highest where the line passes over the shoal, gone a little before and after it. */
function liftOf({ x, width, height, depth }: Shoal, at: number, nearness: number): number {
  return height * Math.exp(-(((at - x) / width) ** 2)) * Math.exp(-(((nearness - depth) / 0.28) ** 2));
}

function mix(from: string, to: string, share: number): string {
  const channel = (start: number) => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(start, start + 2), 16));
    return Math.round((a ?? 0) + ((b ?? 0) - (a ?? 0)) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
