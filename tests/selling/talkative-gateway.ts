/** A gateway in a process of its own, with all its log on standard output, for a test that reads every line. */
import { listen } from '../../src/gateway/listen.ts';
import { createGateway } from '../../src/gateway.ts';
import type { OpenedSandbox } from '../../src/sandbox/open-sandbox.ts';
import { parseSettings } from '../../src/settings.ts';

const parsed = parseSettings(JSON.parse(process.argv[2] ?? '{}'));
if (parsed.kind === 'faulty') throw new Error(parsed.faults.join('\n'));
const gateway = await createGateway({ settings: parsed.settings });
await listen(gateway, parsed.settings);
const { apiBase, secretKey, webhookSecret } = gateway.sandbox as OpenedSandbox;
process.stdout.write(`READY ${JSON.stringify({ apiBase, secretKey, webhookSecret })}\n`);
