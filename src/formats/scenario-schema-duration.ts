import { z } from 'zod';
import { parseDuration } from '../core/scenario/duration.ts';

/** A length of time: `250ms`, `5s`. */
export const duration = z
  .string({ error: 'a duration such as 250ms or 5s' })
  .refine((text) => parseDuration(text) !== undefined, { error: 'a duration such as 250ms or 5s' });
