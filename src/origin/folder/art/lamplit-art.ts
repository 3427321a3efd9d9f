/** Cover art of a lit night: one lamp, the rings of its light, and the plain shapes that stand in them. */
import type { SeededNumbers } from './seeded-numbers.ts';
import { short } from './svg-path.ts';

interface Palette {
  readonly sky: readonly [string, string];
  readonly light: string;
  readonly shape: readonly [string, string];
}

const PALETTES: readonly [Palette, ...Palette[]] = [
  { sky: ['#14122b', '#2c2452'], light: '#f6b24a', shape: ['#0d0b1c', '#1d1838'] },
  { sky: ['#0f1c2e', '#23405c'], light: '#ffd58a', shape: ['#08111d', '#152a40'] },
  { sky: ['#2a1226', '#572a44'], light: '#ff9e6b', shape: ['#190a17', '#391a30'] },
  { sky: ['#0d211f', '#1f463d'], light: '#f2d06b', shape: ['#071413', '#12302b'] },
  { sky: ['#1a1836', '#4b4478'], light: '#ffe9b8', shape: ['#0f0e22', '#29254a'] },
];

/** The content of an 800 by 500 picture; `id` keeps its gradients apart. */
export const lamplitArt = (numbers: SeededNumbers, id: string): string => {
  const palette = numbers.pick(PALETTES);
  const lamp = {
    x: numbers.between(180, 620),
    y: numbers.between(130, 270),
    radius: numbers.between(16, 46),
  };
  const rings = Array.from({ length: numbers.whole(5, 8) }, (_, index) => {
    const radius = lamp.radius + (index + 1) * numbers.between(34, 52);
    return `<circle cx="${short(lamp.x)}" cy="${short(lamp.y)}" r="${short(radius)}" fill="${palette.light}" opacity=".07"/>`;
  });
  const drawFront = numbers.pick([roofs, posts, arches, windows]);
  return [
    `<defs><linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${palette.sky[0]}"/><stop offset="1" stop-color="${palette.sky[1]}"/></linearGradient></defs>`,
    `<path fill="url(#${id})" d="M0 0h800v500H0z"/>`,
    stars(numbers, palette),
    ...rings,
    `<circle cx="${short(lamp.x)}" cy="${short(lamp.y)}" r="${short(lamp.radius)}" fill="${palette.light}"/>`,
    drawFront(numbers, palette, lamp.x),
  ].join('');
};

function stars(numbers: SeededNumbers, { light }: Palette): string {
  const dots = Array.from({ length: numbers.whole(18, 40) }, () => {
    const place = `cx="${short(numbers.between(0, 800))}" cy="${short(numbers.between(0, 330))}"`;
    return `<circle ${place} r="${short(numbers.between(0.6, 1.9))}"/>`;
  });
  return `<g fill="${light}" opacity=".55">${dots.join('')}</g>`;
}

type DrawFront = (numbers: SeededNumbers, palette: Palette, lampX: number) => string;

const roofs: DrawFront = (numbers, { shape, light }) => {
  const houses: string[] = [];
  for (let x = -30; x < 800; ) {
    const width = numbers.between(64, 128);
    const eaves = numbers.between(330, 410);
    const ridge = eaves - numbers.between(24, 70);
    houses.push(
      `<path d="M${short(x)} 500V${short(eaves)}L${short(x + width / 2)} ${short(ridge)}L${short(x + width)} ${short(eaves)}V500Z" fill="${numbers.pick(shape)}"/>`,
    );
    if (numbers.between(0, 1) < 0.55) {
      const left = x + width * numbers.between(0.2, 0.6);
      houses.push(`<path d="M${short(left)} ${short(eaves + 22)}h14v22h-14z" fill="${light}" opacity=".9"/>`);
    }
    x += width - 1;
  }
  return houses.join('');
};

const posts: DrawFront = (numbers, { shape, light }, lampX) => {
  const row = Array.from({ length: 6 }, (_, index) => {
    const x = lampX + (index - 2.5) * 150 + numbers.between(-24, 24);
    const top = numbers.between(300, 372);
    return `<path d="M${short(x)} 500V${short(top)}q0-22 24-22" fill="none" stroke="${shape[0]}" stroke-width="7"/><path d="M${short(x + 12)} ${short(top - 22)}h26l10 74h-46z" fill="${light}" opacity=".22"/><circle cx="${short(x + 25)}" cy="${short(top - 19)}" r="7" fill="${light}"/>`;
  });
  return `<path d="M0 470Q400 ${short(numbers.between(425, 460))} 800 470V500H0Z" fill="${shape[1]}"/>${row.join('')}`;
};

const arches: DrawFront = (numbers, { shape, light }) => {
  const count = numbers.whole(3, 6);
  const width = 800 / count;
  const top = numbers.between(290, 350);
  const openings = Array.from({ length: count }, (_, index) => {
    const left = index * width + width * 0.18;
    const right = index * width + width * 0.82;
    const glow = numbers.between(0, 1) < 0.5 ? 0.5 : 0.12;
    return `<path d="M${short(left)} 500V${short(top + 70 + width * 0.2)}A${short(width * 0.32)} ${short(width * 0.32)} 0 0 1 ${short(right)} ${short(top + 70 + width * 0.2)}V500Z" fill="${light}" opacity="${short(glow)}"/>`;
  });
  return `<path d="M0 ${short(top)}h800V500H0z" fill="${shape[0]}"/><path d="M0 ${short(top)}h800v14H0z" fill="${shape[1]}"/>${openings.join('')}`;
};

/** A block of windows across the street, most of them asleep. */
const windows: DrawFront = (numbers, { shape, light }) => {
  const columns = numbers.whole(7, 12);
  const side = 800 / columns;
  const top = numbers.between(270, 330);
  const panes: string[] = [];
  for (let row = 0; top + 26 + row * side * 0.95 < 500; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const lit = numbers.between(0, 1) < 0.22;
      const place = `M${short(column * side + side * 0.26)} ${short(top + 26 + row * side * 0.95)}`;
      panes.push(
        `<path d="${place}h${short(side * 0.48)}v${short(side * 0.6)}h-${short(side * 0.48)}z" fill="${lit ? light : shape[1]}" opacity="${lit ? '.92' : '.8'}"/>`,
      );
    }
  }
  return `<path d="M0 ${short(top)}h800V500H0z" fill="${shape[0]}"/>${panes.join('')}`;
};
