import { z } from 'zod';

/** What the training step of a heal run leaves for the later ones. */
export const trainLeft = z.object({ challenger: z.string() });
