/** The peer: a bare `node:http` server that sends the bytes it was given, whoever asks for whatever. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port, file] = process.argv.slice(2);
/** @type {import('./capture.mjs').Captured} */
const { status, headers, body } = JSON.parse(readFileSync(file, 'utf8'));
const bytes = Buffer.from(body, 'base64');

createServer((_, response) => {
  response.writeHead(status, headers);
  response.end(bytes);
}).listen(Number(port), '127.0.0.1');

process.once('SIGTERM', () => process.exit(0));
