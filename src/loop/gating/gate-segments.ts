import type { Table } from '../../data/index.ts';
import { featureTypes, schemaFeatureTypes } from '../../drift/index.ts';
import { type GateQuestion, type SegmentFeature, segmentsOf, worstSlice } from '../../gate/index.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { nearest } from '../../platform/nearest.ts';
import type { GateConfiguration, Workspace } from '../../workspace/index.ts';
import { workspaceSchema } from '../workspace-schema.ts';
import type { DecisionBasis } from './decision-basis.ts';

/** Every feature that the store has and its type, whichever of them a model takes: one that looks at fewer escapes no segment. */
export function segmentFeatures(workspace: Workspace, rows: Table): readonly SegmentFeature[] {
  const schema = workspaceSchema(workspace);
  const all = schema === undefined ? featureTypes(rows, rows) : schemaFeatureTypes(schema);
  return all.filter(({ name }) => rows.columns.some((column) => column.name === name));
}

/**
 * Which columns make segments and groups: every feature, or those that the configuration names.
 * @throws ConfigurationError when it names a column that there is not, or one that has no groups
 */
export function segmentsConfigured(
  workspace: Workspace,
  gate: GateConfiguration,
  rows: Table,
): Pick<DecisionBasis, 'segments' | 'protected'> {
  const known = segmentFeatures(workspace, rows);
  const { columns, bins, bins_of, found } = gate.segments;
  const looked = columns === undefined ? known : namedIn('gate.segments.columns', columns, known);
  namedIn('gate.segments.bins_of', Object.keys(bins_of), known);
  return {
    segments: { columns: [...looked], bins, bins_of, found },
    protected: [...namedIn('gate.protected', gate.protected, known)],
  };
}

function namedIn(
  key: string,
  names: readonly string[],
  known: readonly SegmentFeature[],
): readonly SegmentFeature[] {
  return names.map((name) => {
    const feature = known.find((each) => each.name === name);
    if (feature === undefined) {
      const all = known.map((each) => each.name);
      const [guess] = nearest(name, all);
      throw new ConfigurationError(`${key} names '${name}', which is no column of the predictions`, {
        why: `they have ${all.join(', ')}`,
        remedy: guess === undefined ? 'name one of these' : `perhaps '${guess}' was meant`,
      });
    }
    if (feature.type === 'numerical' || feature.type === 'categorical') return feature;
    throw new ConfigurationError(`${key} names '${name}', which makes no groups`, {
      why: `it is of type ${feature.type}`,
      remedy: 'name columns of numbers or categories',
    });
  });
}

type Scored = Pick<GateQuestion, 'champion' | 'challenger' | 'labels' | 'criteria'>;

/** The segments and groups of the labelled rows, as the configuration asks for them. */
export function segmentsAsked(
  rows: Table,
  { segments, protected: named }: Pick<DecisionBasis, 'segments' | 'protected'>,
  { champion, challenger, labels, criteria }: Scored,
): Pick<GateQuestion, 'segments' | 'protectedColumns'> {
  const plan = { bins: segments.bins, binsOf: segments.bins_of };
  const looked = segments.found && criteria.maximumSegmentLoss !== null;
  const worst =
    looked && champion !== null
      ? worstSlice(rows, segments.columns, champion, challenger, labels)
      : undefined;
  return {
    segments: [...segmentsOf(rows, segments.columns, plan), ...(worst === undefined ? [] : [worst])],
    protectedColumns: named.map((feature) => ({
      column: feature.name,
      groups: segmentsOf(rows, [feature], plan),
    })),
  };
}
