/** The publisher's console, put together: who may enter, and what its pages stand on. */
import { isLiveKey } from '../billing/stripe-client.ts';
import { auditArea } from '../console/audit/audit-area.ts';
import { type ConsoleRoutes, consoleRoutes } from '../console/console-routes.ts';
import { createDeskViewer } from '../console/draft/desk-view.ts';
import { createDraftDesk, type DraftDesk } from '../console/draft/draft-desk.ts';
import { type Audit, createAudit } from '../console/operators/audit.ts';
import { createChangeOperators } from '../console/operators/change-operators.ts';
import { createIdentifyOperator } from '../console/operators/identify-operator.ts';
import { invitationMail } from '../console/operators/invitation-mail.tsx';
import { createManageTokens } from '../console/operators/manage-tokens.ts';
import { createOperatorSignIn } from '../console/operators/operator-sign-in.ts';
import { ownersBySettings } from '../console/operators/owners-by-settings.ts';
import { consolePath } from '../console/operators/return-path.ts';
import { overviewArea } from '../console/overview/overview-area.ts';
import type { StripeMode } from '../console/overview/overview-page.tsx';
import { createSendConsolePage } from '../console/shell/send-console-page.ts';
import { teamArea } from '../console/team/team-area.ts';
import { faultOf } from '../ops/log.ts';
import { randomText } from '../ops/random.ts';
import { signInMail } from '../pages/mail-sign-in.tsx';
import { knownMessages } from '../pages/messages/message-keys.ts';
import type { Policy } from '../policy/policy.ts';
import { checkDraftsAhead } from '../policy/versions/check-text.ts';
import { policyVersions } from '../policy/versions/policy-versions.ts';
import type { SendMail } from '../readers/mail-sender.ts';
import { createSignInLimits } from '../readers/rate-limits.ts';
import type { SendPage } from '../readers/send-page.ts';
import { isLocalAddress } from '../sandbox/local-address.ts';
import { isLocal } from '../settings/addresses.ts';
import { checkBeside } from './check-beside.ts';
import { type AreaOptions, composeAreas } from './compose-areas.ts';
import { standsApart } from './console-host.ts';
import type { GatewayThreads } from './open-threads.ts';
import { compilePolicy } from './policy-in-force.ts';

export interface Console {
  readonly routes: readonly ConsoleRoutes['router'][];
  readonly calls: ConsoleRoutes['calls'];
  /** For what stands beside its routes at an origin of its own. */
  readonly sendPage: SendPage;
  /**
   * The address of a link that signs the first owner in, once and for a quarter of an hour, without mail. Undefined:
   * this is no sandbox of a machine's own, or there is no owner.
   *
   * @throws when the store can't be asked.
   */
  firstSignInLink(): Promise<string | undefined>;
}

interface Options extends AreaOptions {
  readonly threads: GatewayThreads;
  /** Where else than at CONSOLE_URL the console's pages may be open. */
  readonly otherOrigins: readonly string[];
  readonly sendMail: SendMail;
}

export const composeConsole = (options: Options): Console => {
  const { settings, stores, inForce, publicUrl, otherOrigins, sendMail, log, realNow, readers } = options;
  const report = (error: unknown): void => log.error({ fault: faultOf(error) }, 'the console failed');
  const { url: consoleUrl } = settings.console;
  // Elsewhere than on one's own machine, `owner@localhost` would be whoever has that mailbox at the mail server.
  const sandbox = settings.sandbox && isLocalAddress(publicUrl) && isLocal(consoleUrl);
  const owners = ownersBySettings({ operators: settings.operators, sandbox });
  const store = stores.operators;
  const audit = createAudit({ store: stores.audit, report });
  const common = { store, owners, audit, random: randomText, sendMail, report };
  const siteName = (): string => inForce().policy.site.name;
  const signIn = createOperatorSignIn({
    ...common,
    signIns: stores.readers,
    consoleUrl,
    composeMail: (facts) =>
      signInMail({ siteName: `the console of ${siteName()}`, ...facts }, inForce().messages('en')),
  });
  const sendPage = createSendConsolePage(inForce, standsApart(settings) ? publicUrl : undefined);
  const team = teamArea({
    operators: createChangeOperators({
      ...common,
      composeInvitation: (facts) =>
        invitationMail({ siteName: siteName(), consoleAddress: `${consoleUrl}${consolePath}`, ...facts }),
    }),
    tokens: createManageTokens(common),
    operatorStore: store,
  });
  const { router, calls } = consoleRoutes({
    signIn,
    identify: createIdentifyOperator({ store, owners, secure: consoleUrl.startsWith('https:') }),
    limits: createSignInLimits({ redisClient: stores.limitClient }),
    networkOf: readers.networkOf,
    sendPage,
    inForce,
    publicUrl,
    consoleUrl,
    otherOrigins,
    desk: composeDesk(options, audit),
    areas: [
      overviewArea(overviewOf(options)),
      ...composeAreas(options, audit),
      team,
      auditArea({ auditStore: stores.audit }),
    ],
    // The sandbox's time can be moved, which must not sign operators out.
    clock: realNow,
    report,
  });
  return {
    routes: [router],
    calls,
    sendPage,
    firstSignInLink: async () => (sandbox ? signIn.firstSignInLink(realNow()) : undefined),
  };
};

const composeDesk = ({ stores, inForce, stripe, threads, realNow }: Options, audit: Audit): DraftDesk => {
  const drafts = checkDraftsAhead(knownMessages, checkBeside(threads));
  const versions = policyVersions({
    store: stores.versions,
    clock: realNow,
    messages: knownMessages,
    drafts,
  });
  const compile = (policy: Policy) => compilePolicy(policy, stripe.isSandbox);
  const viewer = createDeskViewer({ versions, inForce, compile, drafts });
  return createDraftDesk({ versions, viewer, audit, clock: realNow });
};

const overviewOf = ({ settings, stores, policySource, metrics, stripe, realNow, opened }: Options) => ({
  policySource,
  store: stores,
  customers: stores.customers,
  learning: opened.kind === 'host' ? undefined : stores.learning,
  stripe: stripeMode({ settings, stripe }),
  decisions: metrics.decisionsCounted,
  startedAt: realNow(),
  outbox: settings.sandbox && settings.smtpUrl === undefined,
});

const stripeMode = ({ settings, stripe }: Pick<Options, 'settings' | 'stripe'>): StripeMode => {
  if (!stripe.billing) return 'none';
  if (stripe.isSandbox || !settings.stripe) return 'sandbox';
  return isLiveKey(settings.stripe.secretKey) ? 'live' : 'test';
};
