#!/usr/bin/env node
/** The command line: gatefold serve | check | explain | learn | reconcile | grant | revoke | erase | policy | token. */
import { Command } from 'commander';
import { check } from './cli/check.ts';
import { createEraseCommand } from './cli/erase.ts';
import { explainAddress } from './cli/explain.ts';
import { grant, revoke } from './cli/grant.ts';
import { learn } from './cli/learn.ts';
import { createPolicyCommands } from './cli/policy.ts';
import { createReconcileCommand } from './cli/reconcile.ts';
import { serve } from './cli/serve.ts';
import { issueToken, keygen } from './cli/token.ts';
import { openCommandBilling, openCommandStripe } from './gateway/open-command-billing.ts';

const program = new Command('gatefold')
  .description('A self-hosted subscription paywall: a gate in front of any site’s articles.')
  .showHelpAfterError('(run with --help to see what can be asked)');

program
  .command('serve', { isDefault: true })
  .description('serve the site; settings come from the environment')
  .action(serve);

program
  .command('check')
  .argument('[file]', 'policy file; default: POLICY_FILE')
  .option('--origin', 'also ask the site whether its answers are such as the gate needs')
  .description('check policy and settings, and report every fault with its line')
  .action(check);

program
  .command('explain')
  .argument('[url]', 'the article: a path, or an address of this site; with --code not needed')
  .option('--reader <email>', 'as this reader')
  .option('--visitor <id>', 'as this visitor: the number at the foot of their pages')
  .option('--reads <n>', 'as a visitor who has read n articles in this window')
  .option('--staff', 'as one of the site’s own people')
  .option('--code <reference>', 'what the reference at the foot of a prompt stands for')
  .description('say why a reader gets the full article or its preview')
  .action(explainAddress);

program
  .command('learn')
  .option('--once', 'one round, and then the end')
  .description('learn the site’s articles now, so that their text is known before anybody asks')
  .action(learn);

program
  .command('reconcile')
  .option('--dry-run', 'change nothing, and report what differs')
  .description('compare everything with Stripe now, and mend what differs')
  .action(createReconcileCommand((facts) => openCommandBilling({ ...facts, warn: console.error })));

program
  .command('grant')
  .argument('<email>')
  .argument('<product>')
  .requiredOption('--until <date>', 'last moment, such as 2027-01-31 or 2027-01-31T12:00:00Z')
  .description('give a reader a product until a date (a comp)')
  .action(grant);

program
  .command('revoke')
  .argument('<email>')
  .argument('<product>')
  .description('take a granted product back')
  .action(revoke);

program
  .command('erase')
  .argument('<email>')
  .option('--cancel', 'end at once, and without a refund, what would go on charging the reader')
  .description('remove what is known of a reader')
  .action(createEraseCommand((facts) => openCommandStripe({ ...facts, warn: console.error })));

const policy = program.command('policy').description('the policy of a running Gatefold');
const policyCommands = createPolicyCommands(process.env);
const where = 'where the console is; default: CONSOLE_URL, or PUBLIC_URL';
policy
  .command('diff')
  .argument('<file>', 'a policy file')
  .option('--url <address>', where)
  .description('say in words what a policy file would change of what is in force')
  .action(policyCommands.diff);
policy
  .command('publish')
  .argument('<file>', 'a policy file')
  .requiredOption('--note <text>', 'why, for whoever looks at the versions later')
  .option('--at <moment>', 'not now, but then: such as 2027-01-31T08:00:00Z')
  .option('--regardless', 'even though another version is published before it comes into force')
  .option('--replace-draft', 'take the place of a draft that somebody is working on')
  .option('--url <address>', where)
  .description('check a policy file and put it in force')
  .action(policyCommands.publish);
policy
  .command('rollback')
  .argument('<number>', 'of the version')
  .option('--note <text>', 'why')
  .option('--url <address>', where)
  .description('put an earlier version in force again')
  .action(policyCommands.rollback);

const token = program.command('token').description('keys and tokens of readers');
token
  .command('keygen')
  .option('--algorithm <name>', 'HS256 (a shared secret), ES256 or RS256 (a key file)', 'HS256')
  .option('--out <file>', 'where an ES256 or RS256 key is written')
  .description('make a key for TOKEN_KEYS')
  .action(keygen);
token
  .command('issue')
  .argument('<email>')
  .option('--hours <n>', 'how long it is valid', '1')
  .description('make a reader token, for an app or a test')
  .action(issueToken);

await program.parseAsync();
