/** An answer of a few words that is no page, made for one request. */
export interface ShortAnswer {
  readonly status: number;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
  readonly content: string;
}
