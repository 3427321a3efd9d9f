/** Every refusal of the management API that isn't the doors': codes that stay the same, each with what to do. */

export interface Problem {
  readonly status: number;
  readonly detail: string;
}

export const problems = {
  'request-invalid': { status: 400, detail: 'The request isn’t what this call takes: see `faults`.' },
  'address-unreadable': { status: 400, detail: 'The address holds an escape (%…) that can’t be read.' },
  'body-unreadable': { status: 400, detail: 'The body isn’t JSON: one object, in UTF-8.' },
  'body-not-json': { status: 415, detail: 'Send the body as JSON, with Content-Type: application/json.' },
  'body-too-large': { status: 413, detail: 'The body is larger than any call takes.' },
  'method-not-allowed': {
    status: 405,
    detail: 'The call isn’t made with this method: the header Allow says with which.',
  },
  'call-unknown': { status: 404, detail: 'There is no such call: see /-/console/api.' },
  'draft-conflict': {
    status: 409,
    detail:
      'Somebody changed the draft, or what is in force, meanwhile. Read it again, then send your change with its revision.',
  },
  'edit-refused': { status: 409, detail: 'The draft can’t be changed in this way: see `refusal`.' },
  'policy-faulty': {
    status: 422,
    detail: 'The policy would have faults: see `faults`. Nothing was published.',
  },
  'version-unknown': { status: 404, detail: 'That version was never published, or isn’t kept any more.' },
  'version-overtaken': {
    status: 409,
    detail:
      'Another version was published since: see `newest`. Look at what would change now, then ask again with `regardless` or the newer number.',
  },
  'policy-unchanged': { status: 409, detail: 'That is in force already, to the last character.' },
  'policy-too-large': { status: 413, detail: 'A policy has at most `most` bytes, and this one has more.' },
  'too-many-scheduled': {
    status: 409,
    detail: 'At most `most` can be scheduled at once: take one back first, or publish at once.',
  },
  'scheduled-unknown': {
    status: 404,
    detail: 'That isn’t scheduled any more: it was taken back, or is in force by now.',
  },
  'operator-already': { status: 409, detail: 'That address is an operator’s already: change its role.' },
  'operator-not-found': { status: 404, detail: 'That operator isn’t there, or isn’t any more.' },
  'owner-by-settings': {
    status: 409,
    detail: 'Owners that the setting OPERATORS names are changed there, and nowhere else.',
  },
  'changed-meanwhile': {
    status: 409,
    detail: 'Somebody else was faster: look at it as it stands now, and ask again if it is still meant.',
  },
  'name-taken': {
    status: 409,
    detail: 'Another token has that name: revoke it first, or choose another name.',
  },
  'token-not-found': { status: 404, detail: 'That token isn’t there, or isn’t any more.' },
  'address-foreign': {
    status: 422,
    detail:
      'That is no address of this site: write a path, such as /news/a-story, or the article’s whole address.',
  },
  'reader-unknown': {
    status: 404,
    detail:
      'Nobody is known by that: write a reader’s email address, or the number at the foot of their pages.',
  },
  'product-unknown': { status: 422, detail: 'The policy has no such product: choose one that it has.' },
  'reference-unknown': {
    status: 404,
    detail:
      'No prompt with that reference was shown in the last 30 days. It is three groups of four letters and digits, such as k7f3-2m9q-b4xz.',
  },
  'draft-missing': { status: 404, detail: 'There is no draft: ask for what is published.' },
  'draft-faulty': {
    status: 409,
    detail: 'The draft has faults, so nothing can be decided by it: mend them first.',
  },
  'origin-unavailable': {
    status: 503,
    detail: 'The site behind Gatefold doesn’t answer for this address just now. Try again in a moment.',
  },
  'period-invalid': { status: 400, detail: 'Those days can’t be looked at together: see `fault`.' },
  'meter-unknown': { status: 404, detail: 'The policy in force has no metered limit of that id.' },
  'draft-absent': { status: 409, detail: 'There is no draft: name a version instead, or make one.' },
  'policy-unusable': {
    status: 422,
    detail: 'That policy has faults, so that nothing can be decided by it: check it, and mend them.',
  },
  'replay-busy': { status: 429, detail: 'Two other replays are running. Try again in a few seconds.' },
  'replay-running': { status: 409, detail: 'It isn’t done yet: ask again in a second or so.' },
  'comp-end-invalid': {
    status: 422,
    detail: 'A comp ends in the future, and at most 50 years from now.',
  },
  'entitlement-unknown': { status: 404, detail: 'The reader holds nothing of that id, or doesn’t any more.' },
  'entitlement-of-stripe': {
    status: 409,
    detail:
      'That follows from what Stripe says, and would be back with its next word: cancel the subscription or refund the pass in Stripe.',
  },
  'device-unknown': { status: 404, detail: 'No browser of that id is signed in as this reader.' },
  'customer-unknown': { status: 409, detail: 'No customer at Stripe is this reader’s.' },
  'nothing-sold': { status: 409, detail: 'Nothing is sold here, so Stripe isn’t asked.' },
  'stripe-unavailable': {
    status: 503,
    detail: 'Stripe can’t be asked, or refused: see `why`. Nothing was changed.',
  },
  'store-unavailable': { status: 503, detail: 'The store can’t be asked. Try again in a moment.' },
} as const satisfies Readonly<Record<string, Problem>>;

export type ProblemCode = keyof typeof problems;
