/** Style sheets as constants: sent without line breaks, and named to a Content-Security-Policy by their hash. */
import { createHash } from 'node:crypto';

/** Takes out comments, indentation and line breaks. The sheets hold no strings with braces or line breaks in them. */
export const styleText = (sheet: string): string =>
  sheet
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '')
    .replace(/\s*([{};])\s*/g, '$1')
    .replace(/;\}/g, '}');

/** The `style-src` source that allows exactly this sheet, quotes included. */
export const styleHash = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
