/** Moments as the management API writes them: ISO 8601, in UTC. */
import { z } from 'zod';

export const moment = z.iso.datetime();

/** @param at milliseconds */
export const iso = (at: number): string => new Date(at).toISOString();
