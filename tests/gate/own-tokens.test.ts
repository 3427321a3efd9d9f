/** What Gatefold made to know readers and operators by stays in front of the origin, however it is sent. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningOrigin, rawOrigin } from '../origin/raw-origin.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';
import { until } from '../support/until.ts';

let origin: RunningOrigin;
let site: RunningGateway;
let heads: string[] = [];
let tokens: readonly string[];
beforeAll(async () => {
  origin = await rawOrigin((socket, head) => {
    heads.push(head);
    if (/^upgrade:/im.test(head))
      socket.write('HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    else socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok');
  });
  site = await startGateway({ originUrl: origin.url });
  const { token } = await site.account('reader@example.com');
  tokens = [token, `gfo_${'a1-_'.repeat(11)}`];
});
afterAll(async () => {
  await site?.stop();
  await origin?.close();
});

/** What the origin hears of a request, and what the client hears. */
const asked = async (line: string, lines: readonly string[]): Promise<{ head: string; answer: string }> => {
  heads = [];
  const { port, hostname } = new URL(site.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  socket.on('error', () => undefined);
  socket.write(`${[line, 'Host: x', ...lines].join('\r\n')}\r\n\r\n`);
  await until(() => answer.includes('\r\n\r\n'), 'an answer');
  socket.destroy();
  return { head: heads.join('\n'), answer };
};

const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
const ways: Readonly<Record<string, readonly string[]>> = {
  'a request': ['Connection: close'],
  'an upgrade': upgrade,
  'an upgrade that is none': ['Connection: Upgrade', 'Upgrade: h2c'],
};

describe.each(Object.keys(ways))('with %s', (way) => {
  test('no token of ours reaches the origin, in whichever header it comes', async () => {
    for (const token of tokens) {
      for (const line of [
        `Authorization: Bearer ${token}`,
        `AUTHORIZATION: Token ${token}`,
        `Authorization: Basic ${Buffer.from(`x:${token}`).toString('base64')}`,
        `Cookie: a=1; gf_reader=${token}; __Host-gf_reader=${token}; theirs=${token}`,
        `cookie: GF_Reader=${token}`,
        `Sec-WebSocket-Protocol: chat, ${token}`,
        `X-Access-Token: ${token}`,
        `Proxy-Authorization: Bearer ${token}`,
      ]) {
        const { head } = await asked('GET /page HTTP/1.1', [...(ways[way] ?? []), line]);
        expect(head).toContain('GET /page HTTP/1.1');
        expect(head).not.toContain(token);
        expect(head).not.toMatch(/^(?:proxy-)?authorization:/im);
        expect(head).not.toMatch(/gf_/i);
      }
    }
  });

  test('the site’s own credentials do', async () => {
    for (const line of [
      'Authorization: Bearer of-the-site',
      'Authorization: Basic YTpi',
      'Cookie: theirs=1',
    ]) {
      const { head } = await asked('GET /page HTTP/1.1', [...(ways[way] ?? []), line]);
      expect(head).toContain(line);
    }
  });

  test('an address that holds one is refused', async () => {
    for (const token of tokens) {
      for (const spelled of [token, `%${token.charCodeAt(0).toString(16)}${token.slice(1)}`]) {
        const { head, answer } = await asked(`GET /page?token=${spelled} HTTP/1.1`, ways[way] ?? []);
        expect([head, answer.split('\r\n')[0]]).toEqual(['', 'HTTP/1.1 400 Bad Request']);
      }
    }
  });
});
