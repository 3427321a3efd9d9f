/** The site behind the gate: articles of 30 KB that say of themselves what they are, and an image of as much. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { articlePage } from './article-page.mjs';

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

createServer((request, response) => {
  const { url = '' } = request;
  if (url.startsWith('/media/')) {
    response.writeHead(200, imageHeaders);
    response.end(image);
    return;
  }
  const page = articlePage(url);
  response.writeHead(200, [
    ...['Content-Type', 'text/html; charset=utf-8', 'Content-Length', String(page.length)],
    ...['Last-Modified', 'Mon, 02 Nov 2026 06:00:00 GMT'],
  ]);
  response.end(page);
}).listen(Number(port), '127.0.0.1');

process.once('SIGTERM', () => process.exit(0));
