import { expect, test } from '@jest/globals';
import { deviceLabel } from '../../src/readers/device-label.ts';

const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const chromium = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';

test.each([
  [`${safari} Version/18.5 Mobile/15E148 Safari/604.1`, 'Safari, iPhone'],
  [`${safari} CriOS/140.0 Mobile/15E148 Safari/604.1`, 'Chrome, iPhone'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${chromium} Safari/537.36`, 'Chrome, Linux'],
  [`Mozilla/5.0 (Linux; Android 14; SM-S911B) ${chromium} Mobile Safari/537.36`, 'Chrome, Android'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chromium} Safari/537.36 Edg/140.0.0.0`, 'Edge, Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, macOS'],
  ['curl/8.5.0', ''],
  ['<script>alert(1)</script>', ''],
  [undefined, ''],
])('a browser that says %j is listed as "%s"', (userAgent, label) => {
  expect(deviceLabel(userAgent)).toBe(label);
});
