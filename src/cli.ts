#!/usr/bin/env node
/** The command line: gatefold serve | init | check | explain | learn | reconcile | grant | revoke | erase | policy | token. */
import { Command } from 'commander';

/** Each command loads what it is made of when it is asked for: `gatefold policy diff` in a build needs no server. */
const command =
  <Given extends unknown[]>(load: () => Promise<(...given: Given) => unknown>) =>
  async (...given: Given): Promise<void> => {
    const run = await load();
    await run(...given);
  };

const program = new Command('gatefold')
  .description('A self-hosted subscription paywall: a gate in front of any site’s articles.')
  .showHelpAfterError('(run with --help to see what can be asked)');

program
  .command('serve', { isDefault: true })
  .description('serve the site; settings come from the environment')
  .action(command(async () => (await import('./cli/serve.ts')).serve));

program
  .command('init')
  .requiredOption('--from <url>', 'where the site is: its front page, or that of a section')
  .option('--out <file>', 'where the policy is written', 'policy.yaml')
  .option('--overwrite', 'take the place of a file that is there')
  .description('look at a site, and write a policy for it')
  .action(command(async () => (await import('./cli/init.ts')).init));

program
  .command('check')
  .argument('[file]', 'policy file; default: POLICY_FILE')
  .option('--origin', 'also ask the site whether its answers are such as the gate needs')
  .description('check policy and settings, and report every fault with its line')
  .action(command(async () => (await import('./cli/check.ts')).check));

program
  .command('explain')
  .argument('[url]', 'the article: a path, or an address of this site; with --code not needed')
  .option('--reader <email>', 'as this reader')
  .option('--visitor <id>', 'as this visitor: the number at the foot of their pages')
  .option('--reads <n>', 'as a visitor who has read n articles in this window')
  .option('--staff', 'as one of the site’s own people')
  .option('--code <reference>', 'what the reference at the foot of a prompt stands for')
  .description('say why a reader gets the full article or its preview')
  .action(command(async () => (await import('./cli/explain.ts')).explainAddress));

program
  .command('learn')
  .option('--once', 'one round, and then the end')
  .description('learn the site’s articles now, so that their text is known before anybody asks')
  .action(command(async () => (await import('./cli/learn.ts')).learn));

program
  .command('reconcile')
  .option('--dry-run', 'change nothing, and report what differs')
  .description('compare everything with Stripe now, and mend what differs')
  .action(
    command(async () => {
      const { createReconcileCommand } = await import('./cli/reconcile.ts');
      const { openCommandBilling } = await import('./gateway/open-command-billing.ts');
      return createReconcileCommand((facts) => openCommandBilling({ ...facts, warn: console.error }));
    }),
  );

program
  .command('grant')
  .argument('<email>')
  .argument('<product>')
  .requiredOption('--until <date>', 'last moment, such as 2027-01-31 or 2027-01-31T12:00:00Z')
  .description('give a reader a product until a date (a comp)')
  .action(command(async () => (await import('./cli/grant.ts')).grant));

program
  .command('revoke')
  .argument('<email>')
  .argument('<product>')
  .description('take a granted product back')
  .action(command(async () => (await import('./cli/grant.ts')).revoke));

program
  .command('erase')
  .argument('<email>')
  .option('--cancel', 'end at once, and without a refund, what would go on charging the reader')
  .description('remove what is known of a reader')
  .action(
    command(async () => {
      const { createEraseCommand } = await import('./cli/erase.ts');
      const { openCommandStripe } = await import('./gateway/open-command-billing.ts');
      return createEraseCommand((facts) => openCommandStripe({ ...facts, warn: console.error }));
    }),
  );

const policy = program.command('policy').description('the policy of a running Gatefold');
const policyCommands = async () => (await import('./cli/policy.ts')).createPolicyCommands(process.env);
const where = 'where the console is; default: CONSOLE_URL, or PUBLIC_URL';
policy
  .command('diff')
  .argument('<file>', 'a policy file')
  .option('--url <address>', where)
  .description('say in words what a policy file would change of what is in force')
  .action(command(async () => (await policyCommands()).diff));
policy
  .command('publish')
  .argument('<file>', 'a policy file')
  .requiredOption('--note <text>', 'why, for whoever looks at the versions later')
  .option('--at <moment>', 'not now, but then: such as 2027-01-31T08:00:00Z')
  .option('--regardless', 'even though another version is published before it comes into force')
  .option('--replace-draft', 'take the place of a draft that somebody is working on')
  .option('--url <address>', where)
  .description('check a policy file and put it in force')
  .action(command(async () => (await policyCommands()).publish));
policy
  .command('rollback')
  .argument('<number>', 'of the version')
  .option('--note <text>', 'why')
  .option('--url <address>', where)
  .description('put an earlier version in force again')
  .action(command(async () => (await policyCommands()).rollback));

const token = program.command('token').description('keys and tokens of readers');
token
  .command('keygen')
  .option('--algorithm <name>', 'HS256 (a shared secret), ES256 or RS256 (a key file)', 'HS256')
  .option('--out <file>', 'where an ES256 or RS256 key is written')
  .description('make a key for TOKEN_KEYS')
  .action(command(async () => (await import('./cli/token.ts')).keygen));
token
  .command('issue')
  .argument('<email>')
  .option('--hours <n>', 'how long it is valid', '1')
  .description('make a reader token, for an app or a test')
  .action(command(async () => (await import('./cli/token.ts')).issueToken));

await program.parseAsync();
