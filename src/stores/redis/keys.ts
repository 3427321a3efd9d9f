/** Every key that Gatefold keeps in Redis. What must change in one step shares a `{…}`, and so a Cluster slot. */
import { createHash } from 'node:crypto';

/** An empty or brace-holding tag would scatter the keys that have to stay together. */
const tag = (text: string): string => `{${/^[^{}]+$/.test(text) ? text : encodeURIComponent(`-${text}`)}}`;

/** A sorted set of article ids, scored by when they were read. */
export const readsKey = (slot: string, meter: string, window: string, subject: string): string =>
  `gf:${tag(slot)}:reads:${meter}:${window}:${subject}`;

/** How many subjects of the slot made a first read in the window. */
export const networkKey = (slot: string, meter: string, windowKey: string): string =>
  `gf:${tag(slot)}:network:${meter}:${windowKey}`;

/** Matches the subject's reads of every meter and window. */
export const readsPattern = (slot: string, subject: string): string =>
  `${escapeGlob(`gf:${tag(slot)}:reads:`)}*${escapeGlob(`:${subject}`)}`;

const escapeGlob = (text: string): string => text.replace(/[*?[\]\\^]/g, '\\$&');

/** A hash: entitlement id to JSON. */
export const entitlementsKey = (reader: string): string => `gf:${tag(reader)}:entitlements`;

/** A hash: cause to the highest ticket that its entitlements were replaced with. In one slot with them: lost together. */
export const causesKey = (reader: string): string => `gf:${tag(reader)}:causes`;

/** A hash: customer id to a token that differs each time it was entered. Some of the customers may be another's by now. */
export const readerCustomersKey = (reader: string): string => `gf:${tag(reader)}:customers`;

export const readerKey = (reader: string): string => `gf:${tag(reader)}:reader`;

/** A set of device ids, some of which may be revoked. */
export const readerDevicesKey = (reader: string): string => `gf:${tag(reader)}:devices`;

/** The id of the reader who has this address. */
export const emailKey = (email: string): string => `gf:email:${tag(email)}`;

/** Undefined: not such a key. */
export const emailOfKey = (key: string): string | undefined => {
  const [, tagged = ''] = /^gf:email:\{([^{}]+)\}$/.exec(key) ?? [];
  // What was encoded for its braces has lost its @ with them.
  const email = tagged.includes('@') ? tagged : decoded(tagged).slice(1);
  return emailKey(email) === key ? email : undefined;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
};

export const emailKeysPattern = 'gf:email:{*}';

/** A sorted set of readers' addresses, all with score 0 and so in order of their bytes. Some may be nobody's by now. */
export const readersByEmailKey = `gf:${tag('readers')}:by-email`;

/** Is there once every address of before the set was put into it; beside it, so that both are lost together. */
export const readersGatheredKey = `gf:${tag('readers')}:gathered`;

/** JSON, or `revoked`. */
export const deviceKey = (device: string): string => `gf:device:${tag(device)}`;

/** A hash: `record` (JSON), `link`, `code`, `expiresAt` and `wrong`, the count of wrong codes. */
export const signInKey = (requestId: string): string => `gf:sign-in:${tag(requestId)}`;

/** The request id of the sign-in that this link belongs to. */
export const signInLinkKey = (linkHash: string): string => `gf:sign-in-link:${tag(linkHash)}`;

/**
 * Customers are spread over this many parts, each in one slot, so that a customer, the list it stands in and the
 * tickets it is given change in one step. Changing the number would lose every customer that is kept.
 */
export const customerParts = 64;

const partOf = (customer: string): number =>
  createHash('sha256').update(customer).digest().readUInt16BE() % customerParts;

const partTag = (part: number): string => tag(`customers-${part}`);

/** A hash: `owner`, `payer`, `managed` ('1'), `state` (JSON), `readAt`, `ticket` (of that state) and `sweptBy`. */
export const customerKey = (customer: string): string =>
  `gf:${partTag(partOf(customer))}:customer:${customer}`;

/** A sorted set of the part's customer ids, all with score 0 and so in order of their bytes. */
export const customersOfPartKey = (part: number): string => `gf:${partTag(part)}:all`;

export const customersBesideKey = (customer: string): string => customersOfPartKey(partOf(customer));

/** The last ticket that was drawn for a customer of the same part. */
export const ticketKey = (customer: string): string => `gf:${partTag(partOf(customer))}:ticket`;

/** JSON. */
export const reconcileProgressKey = 'gf:reconcile';

/** A hash: `holder` and `until`. */
export const leaseKey = (name: string): string => `gf:lease:${tag(name)}`;

/** A hash: `revision`, `desk` (JSON: draft, what is scheduled, the newest version) and `head` (JSON: what every instance follows). */
export const policyDeskKey = 'gf:{policy}:desk';

/** A hash: a version's number to all of it but its text, as JSON. */
export const policyVersionsKey = 'gf:{policy}:versions';

/** A hash: a version's number to its text, as JSON. */
export const policyTextsKey = 'gf:{policy}:texts';

/** A hash: an invited operator's address to JSON. All of the console's people in one slot: they are few. */
export const operatorsKey = `gf:${tag('operators')}:operators`;

/** A hash: device id to JSON. */
export const operatorDevicesKey = `gf:${tag('operators')}:operator-devices`;

/** A hash: token id to JSON. */
export const apiTokensKey = `gf:${tag('operators')}:api-tokens`;

/** A hash: token name to the id of the token that has it. */
export const apiTokenNamesKey = `gf:${tag('operators')}:api-token-names`;

/** A hash: `operator:<address>:<appointment>`, `device:<id>` or `token:<id>` to when it was last seen. */
export const operatorsSeenKey = `gf:${tag('operators')}:operators-seen`;

/** A sorted set of `<number>:<at>:<JSON>`, scored by number. */
export const auditKey = 'gf:audit';

/** A sorted set of the decision log's chunks, scored by when their first view was. */
export const logOrderKey = 'gf:{decisions}:order';

/** A hash: chunk id to its views, packed. */
export const logChunksKey = 'gf:{decisions}:chunks';

/** A hash: chunk id to how many views it has, and '' to their sum. */
export const logCountsKey = 'gf:{decisions}:counts';

/** A hash: a row of that day's table to its count. */
export const countedDayKey = (chart: string, day: string): string => `gf:{counted}:${chart}:${day}`;

/** Is there once the batch was added. */
export const countedBatchKey = (id: string): string => `gf:{counted}:batch:${id}`;

/** A hash: a prompt's code to what it stands for, as JSON. */
export const decisionCodesKey = 'gf:{codes}:facts';

/** A sorted set of the codes, scored by until when each is kept. */
export const codesUntilKey = 'gf:{codes}:until';

/**
 * Known articles are spread over this many parts, each in one slot. Changing the number would lose what is known, until it is
 * learnt again.
 */
export const knownParts = 64;

export const knownPartOf = (address: string): number =>
  createHash('sha256').update(address).digest().readUInt16BE() % knownParts;

const knownTag = (part: number): string => tag(`known-${part}`);

/** A hash: an article's address to its facts and fingerprints, as bytes. */
export const knownArticlesKey = (part: number): string => `gf:${knownTag(part)}:articles`;

/** A sorted set of their addresses, scored by the revision of their last change; those that were forgotten too, for a while. */
export const knownOrderKey = (part: number): string => `gf:${knownTag(part)}:order`;

/** A sorted set of the addresses that were forgotten, scored by until when that is told. */
export const knownGoneKey = (part: number): string => `gf:${knownTag(part)}:gone`;

/** A hash: an address of the site to what learning found there, as JSON. */
export const learnAddressesKey = `gf:${tag('learn')}:addresses`;

/** JSON. */
export const learnRoundKey = `gf:${tag('learn')}:round`;

/** How many purges were announced so far. */
export const purgeNumberKey = `gf:${tag('purges')}:number`;

/** A sorted set of the newest purges, each its number and JSON, scored by the number. */
export const purgeOrderKey = `gf:${tag('purges')}:order`;
