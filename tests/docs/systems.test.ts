/** That the pages about single systems are right: their policies are in order, their settings exist, and what they say of the plugin is the plugin’s. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { messageKeys, placeholdersOf } from '../../src/pages/messages/message-keys.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { formatFault } from '../../src/policy/policy-fault.ts';
import { parseSettings, settingDocs } from '../../src/settings.ts';
import { codeBlocks, explained, read, root, section } from './documents.ts';

const pages = ['wordpress', 'ghost', 'next', 'sveltekit', 'hugo'].map((name) => `docs/${name}.md`);

describe.each(pages)('%s', (page) => {
  test('every policy in it is in order, without a warning', () => {
    const examples = codeBlocks(page, 'yaml');
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples) {
      const loaded = loadPolicy(example, page, { keys: messageKeys, placeholdersOf });
      const faults = loaded.kind === 'faulty' ? loaded.faults : [];
      expect([...faults, ...loaded.warnings].map(formatFault)).toEqual([]);
    }
  });

  test('its settings are settings, and with a key and a mail server they start', () => {
    const [block = ''] = codeBlocks(page, 'text');
    const settings = Object.fromEntries(
      block
        .trim()
        .split('\n')
        .map((line) => line.split('=', 2) as [string, string]),
    );
    const known = settingDocs.map(({ name }) => name);
    for (const name of Object.keys(settings)) expect(known).toContain(name);
    const parsed = parseSettings({
      ...settings,
      STRIPE_SECRET_KEY: '',
      CONSOLE_URL: 'https://console.example.com',
    });
    expect(parsed.kind === 'faulty' ? parsed.faults : []).toEqual([]);
  });
});

describe('the plugin for WordPress', () => {
  const folder = 'integrations/wordpress/gatefold';
  const source = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.php'))
    .map((file) => read(join(folder, file)))
    .join('\n');

  test('has every filter that is documented, and no other but those of its tests', () => {
    const documented = explained(section('docs/wordpress.md', 'The plugin'));
    const there = [...source.matchAll(/apply_filters\(\s*'(gatefold_\w+)'/g)].map(([, name = '']) => name);
    expect([...new Set(there)].filter((name) => name !== 'gatefold_is_public_address').sort()).toEqual(
      [...documented].sort(),
    );
  });

  test('has the probe and the field that the documentation names', () => {
    const text = read('docs/wordpress.md');
    for (const name of [
      'gatefold-staff',
      '_gatefold_level',
      'Gatefold-Article',
      'GATEFOLD_PURGE_SECRET',
      'GATEFOLD_PURGE_URL',
    ]) {
      expect(source).toContain(name);
      expect(text).toContain(name);
    }
  });

  test('loads every file that it consists of', () => {
    const parts = readdirSync(join(root, folder, 'includes')).map((file) => file.replace(/\.php$/, ''));
    const [, loaded = ''] = /foreach \(\[([^\]]*)\] as \$part\)/.exec(source) ?? [];
    expect([...loaded.matchAll(/'([\w-]+)'/g)].map(([, name]) => name).sort()).toEqual(parts.sort());
  });
});
