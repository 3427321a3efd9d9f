/** An email address as somebody typed it, made the way readers' addresses are kept. */
import type { Email } from './reader.ts';

const maxLength = 254;

/** Undefined: not an address. */
export const readAddress = (text: string): Email | undefined => {
  const email = text.trim().toLowerCase();
  return email.length <= maxLength && /^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(email)
    ? (email as Email)
    : undefined;
};
