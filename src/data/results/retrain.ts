import { z } from 'zod';
import { gateResultDefinition } from './gate.ts';
import { trainResultDefinition } from './train.ts';

export const retrainResultDefinition = z.object({ train: trainResultDefinition, gate: gateResultDefinition });

export type RetrainResult = z.infer<typeof retrainResultDefinition>;
