/** An operator's address as a form gives it. */
import { z } from 'zod';
import type { Email } from '../../readers/reader.ts';

/** The settings take addresses without a dot too, such as the sandbox's own. */
export const operatorEmail = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^[^\s@<>(),;:"[\]\\\p{Cc}]+@[^\s@<>(),;:"[\]\\\p{Cc}]+$/u)
  .transform((email) => email as Email);
