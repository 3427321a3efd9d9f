/** One run of autocannon, in a process of its own; prints what came of it. */
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const { url, headers, file, seconds, connections } = JSON.parse(process.argv[2]);
const cookies = file ? readFileSync(file, 'utf8').split('\n') : [];
const each = Math.floor(cookies.length / connections);
let clients = 0;

/** Every connection has its own cookies: handed the whole list, all of them would begin with the same one. */
const giveCookies = (client) => {
  const own = cookies.slice(clients * each, (clients + 1) * each);
  clients += 1;
  client.setRequests(own.map((cookie) => ({ headers: { ...headers, Cookie: cookie } })));
};

const { requests, duration, errors, timeouts, non2xx } = await autocannon({
  url,
  headers,
  connections,
  duration: seconds,
  ...(file ? { setupClient: giveCookies } : {}),
});
process.stdout.write(JSON.stringify({ requests: requests.total, duration, errors, timeouts, non2xx }));
