/** What a publisher writes on Stripe's objects. */
export type Metadata = Readonly<Record<string, string>>;
