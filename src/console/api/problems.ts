/** Every refusal of the management API that isn't the doors': codes that stay the same, each with what to do. */

interface Problem {
  readonly status: number;
  readonly detail: string;
}

export const problems = {
  'request-invalid': { status: 400, detail: 'The request isn’t what this call takes: see `faults`.' },
  'body-unreadable': { status: 400, detail: 'Send the body as JSON, with Content-Type: application/json.' },
  'body-too-large': { status: 413, detail: 'The body is larger than any call takes.' },
  'call-unknown': { status: 404, detail: 'There is no such call: see /-/console/api.' },
  'draft-conflict': {
    status: 409,
    detail: 'Somebody changed the draft meanwhile. Read it again, then send your change with its revision.',
  },
  'edit-refused': { status: 409, detail: 'The draft can’t be changed in this way: see `refusal`.' },
  'policy-faulty': {
    status: 422,
    detail: 'The policy would have faults: see `faults`. Nothing was published.',
  },
  'version-unknown': { status: 404, detail: 'That version was never published, or isn’t kept any more.' },
  'store-unavailable': { status: 503, detail: 'The store can’t be asked. Try again in a moment.' },
} as const satisfies Readonly<Record<string, Problem>>;

export type ProblemCode = keyof typeof problems;
