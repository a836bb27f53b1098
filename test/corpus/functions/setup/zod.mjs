// zod says what is wrong in a language that it sets when the first schema is made: state of its module, see dayjs.mjs.
import { z } from 'zod';

export const named = z.object({ name: z.string().min(1), age: z.number().int() });
