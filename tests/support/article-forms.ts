/** Every way of asking for one article that this project knows of: other forms, spellings, methods, headers. */
import type { OutgoingHttpHeaders } from 'node:http';
import type { Asked } from './raw-request.ts';

const accepted = [
  'application/json',
  'application/activity+json',
  'application/ld+json',
  'application/rss+xml',
  'text/markdown',
  'text/plain',
  'application/pdf',
  'text/x-component',
  '*/*',
  'text/html;q=0.1, application/json',
];
const codings = ['gzip', 'br', 'zstd', 'deflate', 'identity', 'gzip;q=0, br, zstd', '*'];

const purposes: readonly OutgoingHttpHeaders[] = [
  { 'Sec-Purpose': 'prefetch' },
  { 'Sec-Purpose': 'prefetch;prerender' },
  { Purpose: 'prefetch' },
  { 'X-Moz': 'prefetch' },
];
const ranges: readonly OutgoingHttpHeaders[] = [
  { Range: 'bytes=0-' },
  { Range: 'bytes=2500-' },
  { Range: 'bytes=-4000' },
  { Range: 'bytes=0-99,3000-60000' },
  { Range: 'bytes=0-', 'If-Range': '"x"' },
];
const conditions: readonly OutgoingHttpHeaders[] = [
  { 'If-None-Match': '*' },
  { 'If-None-Match': 'W/"x"' },
  { 'If-Modified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
  { 'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT' },
  { 'If-Match': '*' },
];
const pretences: readonly OutgoingHttpHeaders[] = [
  { 'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
  { Referer: 'https://www.google.com/' },
  { 'X-Forwarded-For': '66.249.66.1' },
  { 'X-Forwarded-Host': 'localhost' },
  { Authorization: 'Bearer nobody' },
  { Authorization: 'Basic bm9ib2R5Om5vdGhpbmc=' },
  { 'X-HTTP-Method-Override': 'PUT' },
  { 'X-Requested-With': 'XMLHttpRequest' },
  { RSC: '1', 'Next-Router-Prefetch': '1' },
  { 'Cache-Control': 'only-if-cached' },
  { 'Gatefold-Article': 'level=open' },
];
const methods = ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'SEARCH'];

/** @param path canonical, without a query. */
export const formsOf = (path: string, site: string): readonly Asked[] => {
  const plain = [...new Set([path, ...otherForms(path), ...spellings(path, site)])].map((form) => ({
    path: form,
  }));
  const asked = (headers: OutgoingHttpHeaders): Asked => ({ path, headers });
  return [
    ...plain,
    ...accepted.map((accept) => asked({ Accept: accept })),
    ...codings.map((coding) => asked({ 'Accept-Encoding': coding })),
    ...accepted.slice(0, 6).map((accept) => asked({ Accept: accept, 'Accept-Encoding': 'gzip, br' })),
    ...[...purposes, ...ranges, ...conditions, ...pretences].map(asked),
    ...methods.map((method) => ({ path, method, headers: { 'Content-Length': '0' } })),
    ...usualForms(path).flatMap((form) => [
      { path: form, method: 'HEAD' },
      { path: form, method: 'POST', headers: { 'Content-Length': '0' } },
      { path: form, headers: { Range: 'bytes=1-', 'Accept-Encoding': 'gzip' } },
    ]),
    { path: '/', headers: { 'X-Original-URL': path, 'X-Rewrite-URL': path } },
    { path: `/-/access?url=${encodeURIComponent(`${site}${path}`)}` },
    { path: '/-/access', headers: { 'X-Original-URL': `${site}${path}` } },
    { path: `/-/sign-in?return=${encodeURIComponent(path)}` },
    { path: `/-/subscribe?return=${encodeURIComponent(path)}` },
  ];
};

/** Each of its forms once, as a browser and as a program would ask. */
export const fewFormsOf = (path: string): readonly Asked[] => [
  ...[path, ...otherForms(path)].map((form) => ({ path: form })),
  ...accepted.map((accept) => ({ path, headers: { Accept: accept } })),
];

/** Those that sites really have, and so are asked for by method and range as well. */
const usualForms = (path: string): readonly string[] => {
  const bare = path.replace(/\/$/, '');
  const tails = ['/amp', '/amp/', '/print/', '.json', '.html', '.txt', '/index.json'];
  return [`${path}?view=print`, `${path}?print=1`, ...tails.map((tail) => bare + tail)];
};

const otherForms = (path: string): readonly string[] => {
  const bare = path.replace(/\/$/, '');
  return [
    ...['?view=print', '?print=1', '?format=json', '?amp=1', '?utm_source=x', '?_rsc=1'].map(
      (query) => path + query,
    ),
    ...['/amp', '/amp/', '/print/', '/feed/', '/index.html', '/index.json', '/index.xml', '/embed'].map(
      (tail) => bare + tail,
    ),
    ...['.json', '.html', '.txt', '.md', '.amp', '.xml', '.pdf', '.html.gz', '.bak'].map(
      (tail) => bare + tail,
    ),
    // What a cache would take for a picture or a style sheet.
    ...[
      '/x.css',
      '/x.js',
      '.css',
      '/x.png',
      '%00.css',
      '%0a.css',
      ';x.css',
      '?x.css',
      '%3Fx.css',
      '%23x.css',
    ].map((tail) => bare + tail),
    `${bare}/`,
    bare,
  ];
};

const spellings = (path: string, site: string): readonly string[] => {
  const [, first = '', ...rest] = path.split('/');
  const tail = rest.join('/');
  const encoded = [...path].map((letter) => (letter === '/' ? '/' : hex(letter))).join('');
  return [
    path.toUpperCase(),
    `/${first}/${tail.charAt(0).toUpperCase()}${tail.slice(1)}`,
    encoded,
    encoded.toLowerCase(),
    `/${first}%2F${tail}`,
    `/${first}%2f${tail}`,
    `/${first}%252F${tail}`,
    `/${first}%5C${tail}`,
    `/${first}\\${tail}`,
    `//${first}/${tail}`,
    `/${first}//${tail}`,
    `/./${first}/./${tail}`,
    `/x/../${first}/${tail}`,
    `/x/%2e%2e/${first}/${tail}`,
    `/${first}/x/..%2f${tail}`,
    `/..;/${first}/${tail}`,
    `/${first};x/${tail}`,
    `${path}.`,
    `${path}%20`,
    `${path}?`,
    `${path}??`,
    `/assets/..${path}`,
    `/-/..${path}`,
    `/-${path}`,
    `/-/%2e%2e${path}`,
    `${site}${path}`,
    `http://elsewhere.example${path}`,
    `${path}#fragment`,
  ];
};

const hex = (letter: string): string =>
  [...Buffer.from(letter)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
