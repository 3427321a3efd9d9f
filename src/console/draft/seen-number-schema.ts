/** A number that a form carries to say what its page showed: a draft's revision, a version's number. */
import { z } from 'zod';

/** Digits alone: an empty field would otherwise be 0. */
export const seenNumber = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
