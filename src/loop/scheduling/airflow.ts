import type { SchedulePrint } from '../../data/results/schedule.ts';
import { shellWord } from '../../platform/shell-word.ts';
import { cronTime, type Job, type ScheduleSubject, unitName } from './jobs.ts';

/** A file of DAGs, one for each job, for Airflow 2.4 and later. Times are UTC. */
export function airflowDags(subject: ScheduleSubject): SchedulePrint['files'] {
  const { model, jobs } = subject;
  const text = `# DAGs that run mlops for the model ${model.replace(/\s+/g, ' ')}; written by: mlops schedule print airflow
from datetime import datetime, timezone

from airflow import DAG

try:
    from airflow.providers.standard.operators.bash import BashOperator
except ImportError:  # Airflow 2
    from airflow.operators.bash import BashOperator

${jobs.map((job) => dag(subject, job)).join('\n')}`;
  return [{ name: `${unitName(model).replaceAll('-', '_')}.py`, text }];
}

function dag({ model, program, root }: ScheduleSubject, { name, description, time, words }: Job): string {
  const line = [program, '-C', root, ...words].map(shellWord).join(' ');
  return `with DAG(
    dag_id=${python(unitName(model, name))},
    description=${python(`mlops: ${description}`)},
    schedule=${python(cronTime(time))},
    start_date=datetime(2024, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    tags=["mlops"],
):
    # 1, 2 and 3 are verdicts, not failures. The blank at the end keeps Airflow from taking the line for a template file.
    BashOperator(task_id=${python(name)}, bash_command=${python(template(`${line} || test $? -le 3 `))})
`;
}

/** Airflow renders the command with Jinja: what looks like its syntax is written as a text of its own. */
function template(text: string): string {
  return text.replace(/\{[{%#]/g, (opening) => `{{ '${opening}' }}`);
}

/** A Python string; JSON's escapes mean the same there. */
function python(text: string): string {
  return JSON.stringify(text);
}
