import { durationMs, type Workspace } from '../../../workspace/index.ts';

/** A program of the user's that trains in our place. */
export interface ExternalTrainer {
  /** For a shell. */
  readonly command: string;
  /** Where it runs. */
  readonly folder: string;
  /** Handed on as they stand. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly limits: TrainerLimits;
}

export interface TrainerLimits {
  readonly ms: number;
  /** Of data, for each of its processes. */
  readonly memoryBytes: number;
  /** Of everything it writes into its folders, and of any one file elsewhere. */
  readonly outputBytes: number;
}

/** What is kept of how an external trainer trained. */
export interface ExternalParameters {
  readonly estimator: 'command';
  /** Without secrets. */
  readonly command: string;
  readonly trainer: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The one that mlops.yaml names; undefined where we train ourselves. */
export function externalTrainer({ config, root }: Workspace): ExternalTrainer | undefined {
  const { command, options, limits } = config.trainer;
  if (command === undefined) return undefined;
  return {
    command,
    folder: root,
    options,
    limits: {
      ms: durationMs(limits.time),
      memoryBytes: limits.memory_gigabytes * 1e9,
      outputBytes: limits.output_megabytes * 1e6,
    },
  };
}
