/** How well words stand out from what is behind them, whatever CSS says the colours in. */
import { flatParent, lookOf, once } from './flat-tree.js';

/** @typedef {[red: number, green: number, blue: number, alpha: number]} Rgba */

/** From 1, which can't be told apart, to 21. @param {Element} element @returns {number} */
export const contrastOf = (element) => {
  const ground = groundOf(element);
  const ink = over(rgbaOf(lookOf(element).webkitTextFillColor), ground);
  const [light = 0, dark = 0] = [luminanceOf(ink), luminanceOf(ground)].sort((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05);
};

/** Each ground over the one behind it, from the page's own on. */
const groundOf = once((/** @type {Element} */ element) => {
  const parent = flatParent(element);
  /** @type {Rgba} */
  const behind = parent ? groundOf(parent) : rgbaOf(canvasColor());
  return over(rgbaOf(lookOf(element).backgroundColor), behind);
});

/** What a page is drawn on that has no ground of its own. */
const canvasColor = () => {
  const probe = document.createElement('div');
  probe.style.cssText = 'all: initial; position: absolute; background: Canvas; color-scheme: inherit';
  document.documentElement.append(probe);
  const color = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return color;
};

const painter = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
/** @type {Map<string, Rgba>} */
const read = new Map();

/** @param {string} color anything that CSS calls a colour @returns {Rgba} */
const rgbaOf = (color) => {
  const known = read.get(color);
  if (known) return known;
  if (!painter) throw new Error('no canvas to read colours by');
  painter.clearRect(0, 0, 1, 1);
  painter.fillStyle = color;
  painter.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = painter.getImageData(0, 0, 1, 1).data;
  /** @type {Rgba} */
  const rgba = [red, green, blue, alpha / 255];
  read.set(color, rgba);
  return rgba;
};

/** @param {Rgba} layer @param {Rgba} ground @returns {Rgba} */
const over = ([red, green, blue, alpha], [r, g, b]) => [
  red * alpha + r * (1 - alpha),
  green * alpha + g * (1 - alpha),
  blue * alpha + b * (1 - alpha),
  1,
];

/** As WCAG has it. @param {Rgba} color */
const luminanceOf = ([red, green, blue]) => {
  const [r = 0, g = 0, b = 0] = [red, green, blue]
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
