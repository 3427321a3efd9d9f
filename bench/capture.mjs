/** One answer of Gatefold's, byte for byte, for the bare server to send. */
import { once } from 'node:events';
import { Agent, request } from 'node:http';

/** What any `node:http` server adds by itself. */
const addedByNode = new Set(['date', 'connection', 'keep-alive']);

/**
 * @typedef {object} Captured
 * @property {number} status
 * @property {string[]} headers Name, value, name, value.
 * @property {string} body base64, as it was coded on the wire.
 */

/** @returns {Promise<Captured>} */
export const capture = async (url, headers) => {
  const asked = request(url, { headers, agent: new Agent({ keepAlive: false }) });
  asked.end();
  const [response] = await once(asked, 'response');
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  return {
    status: response.statusCode,
    headers: pairs(response.rawHeaders)
      .filter(([name]) => !addedByNode.has(name.toLowerCase()))
      .flat(),
    body: Buffer.concat(chunks).toString('base64'),
  };
};

/** The value of a header, or ''. */
export const headerOf = ({ headers }, name) =>
  pairs(headers).find(([known]) => known.toLowerCase() === name)?.[1] ?? '';

const pairs = (flat) =>
  Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index], flat[2 * index + 1]]);
