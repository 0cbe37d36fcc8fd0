import { z } from 'zod';

export const verdictDefinition = z.enum(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN']);
