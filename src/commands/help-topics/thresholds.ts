import { percent } from '../../report/figures.ts';
import { plainTable } from '../../report/plain-table.ts';
import type { HelpTopic } from './index.ts';

export const thresholdsTopic: HelpTopic = {
  name: 'thresholds',
  description: 'what is WARNING, what is CRITICAL, and what the gate asks for',
  text: async () => {
    const { diskDefaults, driftDefaults, performanceDefaults, serviceDefaults, volumeDefaults } =
      await import('../../workspace/index.ts');
    const { gatePresets } = await import('../../gate/index.ts');
    const { f1WarningDrop, f1CriticalDrop, brierMaximum } = performanceDefaults;
    const alarms = [
      [
        'answering time',
        `> ${serviceDefaults.warningMs} ms`,
        `> ${serviceDefaults.criticalMs} ms`,
        'services[].warning_ms, critical_ms',
      ],
      [
        'predictions',
        `< ${volumeDefaults.warningPerHour} an hour`,
        `< ${volumeDefaults.criticalPerHour} an hour`,
        'monitoring.volume.warning_per_hour, critical_per_hour',
      ],
      ['', `> ${volumeDefaults.unusualPerHour} an hour`, '', 'monitoring.volume.unusual_per_hour'],
      [
        'drift share',
        `> ${percent(driftDefaults.warningShare)}`,
        `> ${percent(driftDefaults.criticalShare)}`,
        'monitoring.drift.warning_share, critical_share',
      ],
      [
        'false drift alarms',
        `${percent(driftDefaults.falseAlarms)} of reports`,
        '',
        'monitoring.drift.false_alarms',
      ],
      [
        'F1 against baseline',
        `- ${percent(f1WarningDrop)}`,
        `- ${percent(f1CriticalDrop)}`,
        'performance.f1_warning_drop, f1_critical_drop',
      ],
      ['Brier score', `> ${brierMaximum}`, '', 'performance.brier_maximum'],
      [
        'disk in use',
        `> ${percent(diskDefaults.warning)}`,
        `> ${percent(diskDefaults.critical)}`,
        'disk.warning, critical',
      ],
    ];
    const { production, conservative, aggressive } = gatePresets;
    const presets = [production, conservative, aggressive];
    const criteria = [
      ['labelled rows', 'at least', ...presets.map((each) => String(each.minimumRows)), 'minimum_rows'],
      [
        'label coverage',
        'at least',
        ...presets.map((each) => percent(each.minimumCoverage)),
        'minimum_coverage',
      ],
      [
        'days since promotion',
        'at least',
        ...presets.map((each) => String(each.minimumDays)),
        'minimum_days',
      ],
      [
        'F1 improvement',
        'at least',
        ...presets.map((each) => percent(each.minimumF1Improvement)),
        'minimum_f1_improvement',
      ],
      [
        'Brier degradation',
        'at most',
        ...presets.map((each) => String(each.maximumBrierDegradation)),
        'maximum_brier_degradation',
      ],
      [
        'F1 lost in a segment',
        'at most',
        ...presets.map(({ maximumSegmentLoss }) =>
          maximumSegmentLoss === null ? 'not asked' : percent(maximumSegmentLoss),
        ),
        'maximum_segment_loss',
      ],
      [
        'false promotion',
        'at most',
        ...presets.map((each) => percent(each.maximumFalsePromotion)),
        'maximum_false_promotion',
      ],
    ];
    return `THRESHOLDS

The defaults; the last column names the key of mlops.yaml that changes each.

${table(['', 'WARNING', 'CRITICAL', 'key'], alarms)}

The gate, by preset (gate.preset), each changed by: mlops gate set KEY VALUE --reason TEXT

${table(['', '', 'production', 'conservative', 'aggressive', 'key'], criteria)}

When a feature has drifted: mlops help drift-tests

mlops explain NAME says more of each, with the numbers of the workspace.`;
  },
};

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return plainTable(
    heads.map((head) => ({ head })),
    rows,
  )
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}
