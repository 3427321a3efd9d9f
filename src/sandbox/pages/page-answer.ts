/** What the hosted pages are asked and what they answer, before anything of HTTP is said. */

export interface PageQuestion {
  readonly method: 'GET' | 'POST';
  /** What stands behind `/-/sandbox/`, split at its slashes; the last may be empty. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** Empty for a GET. */
  readonly form: URLSearchParams;
  readonly acceptLanguage: string | undefined;
  /** Milliseconds, of the sandbox's clock. */
  readonly now: number;
}

export type PageAnswer =
  | {
      readonly kind: 'page';
      readonly status: number;
      readonly html: string;
      /** Addresses that this page's forms may be sent on to; a browser refuses all others. */
      readonly leadsTo?: readonly (string | undefined)[];
      /** Methods, for the header that has to name them. */
      readonly allowed?: string;
    }
  /** By GET, whatever it came with. */
  | { readonly kind: 'send-on'; readonly to: string }
  | { readonly kind: 'wrong-method'; readonly allowed: 'GET, HEAD' | 'POST' };

export const sendOn = (to: string): PageAnswer => ({ kind: 'send-on', to });

/** What was typed, without the blanks around it; '' where the field isn't there. */
export const typed = (form: URLSearchParams, field: string): string => form.get(field)?.trim() ?? '';
