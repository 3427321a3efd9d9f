/** Whether a text can be an id at Stripe: what can't is unknown without asking, and never gets into a path. */

/** Prices that began as plans, and imported customers, have ids that a publisher wrote. */
export const isStripeId = (text: string): boolean =>
  text.length <= 255 && /^[\p{L}\p{N}_.@:+ -]+$/u.test(text) && !/^[. ]+$/.test(text);
