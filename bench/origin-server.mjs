/** The site behind the gate: articles of 30 KB that say of themselves what they are, large ones, an image, and data that is no article. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { articlePage } from './article-page.mjs';
import { largePage } from './large/page-shapes.mjs';
import { plainAnswer } from './sentry/plain-answer.mjs';

const [port] = process.argv.slice(2);

const image = Buffer.alloc(30_000);
for (let offset = 0, part = Buffer.from('image'); offset < image.length; offset += part.length) {
  part = createHash('sha256').update(part).digest();
  part.copy(image, offset);
}
const imageHeaders = [
  ...['Content-Type', 'image/jpeg', 'Content-Length', String(image.length)],
  ...['ETag', '"bench-image"', 'Cache-Control', 'public, max-age=3600'],
];

const kept = new Map();
const answerOf = (kind, size) => {
  const key = `${kind} ${size}`;
  if (!kept.has(key)) kept.set(key, plainAnswer(kind, size));
  return kept.get(key);
};

const pageAt = (url) => {
  const [, shape, size] = /^\/\w+\/([\w-]+)~(\d+)$/.exec(url) ?? [];
  return shape === undefined ? articlePage(url) : largePage(shape, Number(size));
};

createServer((request, response) => {
  const { url = '' } = request;
  if (url.startsWith('/media/')) {
    response.writeHead(200, imageHeaders);
    response.end(image);
    return;
  }
  const [, kind, size] = /^\/data\/(json|html)\/(\d+)$/.exec(url) ?? [];
  if (kind !== undefined) {
    const { type, body } = answerOf(kind, Number(size));
    response.writeHead(200, ['Content-Type', type, 'Content-Length', String(body.length)]);
    response.end(body);
    return;
  }
  const page = pageAt(url);
  response.writeHead(200, [
    ...['Content-Type', 'text/html; charset=utf-8', 'Content-Length', String(page.length)],
    ...['Last-Modified', 'Mon, 02 Nov 2026 06:00:00 GMT'],
  ]);
  response.end(page);
}).listen(Number(port), '127.0.0.1');

process.once('SIGTERM', () => process.exit(0));
