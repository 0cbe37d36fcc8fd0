import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { applicant, copyWith, serve, servingWorkspace, stored } from './serving.ts';

const run = promisify(execFile);
const venv = process.env.MLOPS_BENCH_VENV ?? join(homedir(), '.cache', 'mlops-bench', 'venv');
const python = join(venv, 'bin', 'python');

async function has(module: string): Promise<boolean> {
  return run(python, [
    '-c',
    `import importlib.util, sys; sys.exit(not importlib.util.find_spec("${module}"))`,
  ]).then(
    () => true,
    () => false,
  );
}

async function ask(script: string, address: string): Promise<unknown> {
  const { stdout } = await run(python, ['-c', script, address, JSON.stringify(applicant)]);
  return JSON.parse(stdout);
}

const tritonScript = `
import json, sys
import numpy as np
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException

address, row = sys.argv[1], json.loads(sys.argv[2])
client = triton.InferenceServerClient(address.removeprefix("http://"))
assert client.is_server_live() and client.is_server_ready() and client.is_model_ready("small", "1")

def tensor(name, values, datatype, binary):
    one = triton.InferInput(name, values.shape, datatype)
    one.set_data_from_numpy(values, binary_data=binary)
    return one

def answer(inputs, **more):
    result = client.infer("small", inputs, request_id="7", **more)
    return {name: [each.decode() if isinstance(each, bytes) else each.item() for each in result.as_numpy(name)]
            for name in (["probability"] if "outputs" in more else ["probability", "outcome", "prediction_id"])}

metadata = client.get_model_metadata("small")
kinds = {"INT64": np.int64, "FP64": np.float64}
named = lambda binary: [tensor(one["name"], np.array([row[one["name"]]] * 2, kinds[one["datatype"]]), one["datatype"], binary)
                        for one in metadata["inputs"]]
ids = tensor("prediction_id", np.array(["triton-1", "triton-2"], dtype=object), "BYTES", True)
matrix = np.array([list(row.values())] * 2)
matrix[1, 1] = np.nan
try:
    client.infer("small", [tensor("input-0", matrix[:, 1:], "FP64", True)])
    refused = None
except InferenceServerException as error:
    refused = error.message()
print(json.dumps({
    "metadata": metadata,
    "binary": answer(named(True) + [ids]),
    "text": answer(named(False), outputs=[triton.InferRequestedOutput("probability", binary_data=False)]),
    "matrix": answer([tensor("input-0", matrix, "FP64", True)]),
    "refused": refused,
}))
`;

const hasTriton = await has('geventhttpclient');
test.skipIf(!hasTriton)(
  hasTriton
    ? "NVIDIA's client of the Open Inference Protocol is answered as any other, and its rows are stored"
    : `skipped: needs tritonclient in ${venv}`,
  async () => {
    const { address, post, workspace } = await serve(copyWith(await servingWorkspace()));
    const plain = (await post('/predict', applicant)).json;
    const withoutIncome = (await post('/predict', { ...applicant, monthly_income: null })).json;
    const { probability, outcome } = plain;
    expect(await ask(tritonScript, address)).toEqual({
      metadata: expect.objectContaining({ name: 'small', versions: ['1'], platform: 'onnxruntime_onnx' }),
      binary: {
        probability: [probability, probability],
        outcome: [outcome, outcome],
        prediction_id: ['triton-1', 'triton-2'],
      },
      text: { probability: [probability, probability] },
      matrix: {
        probability: [probability, withoutIncome.probability],
        outcome: [outcome, withoutIncome.outcome],
        prediction_id: [expect.any(String), expect.any(String)],
      },
      refused: expect.stringContaining("tensor 'input-0' has shape [2, 6]: expected [rows, 7]: age,"),
    });
    const rows = stored(workspace, 'SELECT * FROM prediction WHERE prediction_id LIKE ?', 'triton-%');
    expect(rows).toEqual(
      ['triton-1', 'triton-2'].map((prediction_id) => ({
        ...applicant,
        prediction_id,
        probability,
        outcome,
        model_version: '1',
        predicted_at: expect.any(Number),
      })),
    );
    expect(stored(workspace, 'SELECT count(*) AS rows FROM prediction')).toEqual([{ rows: 8 }]);
  },
);

const mlflowScript = `
import json, sys
import pandas as pd
from mlflow.pyfunc.scoring_server.client import ScoringServerClient

address, row = sys.argv[1], json.loads(sys.argv[2])
host, port = address.removeprefix("http://").split(":")
client = ScoringServerClient(host, port)
client.ping()
client.get_version()
frame = pd.DataFrame([row, {**row, "monthly_income": None, "defaulted": 1}])
first = client.invoke(frame)
print(json.dumps({
    "frame": first.get_predictions().iloc[:, 0].tolist(),
    "ids": first["prediction_ids"],
    "probabilities": first["probabilities"],
    "matrix": client.invoke(frame.drop(columns="defaulted").to_numpy())["probabilities"],
}))
`;

const hasMlflow = await has('mlflow');
test.skipIf(!hasMlflow)(
  hasMlflow
    ? "MLflow's client of its scoring protocol is answered as any other, and its rows are stored"
    : `skipped: needs mlflow in ${venv}`,
  { timeout: 120_000 },
  async () => {
    const { address, post, workspace } = await serve(copyWith(await servingWorkspace()));
    const plain = (await post('/predict', applicant)).json;
    const withoutIncome = (await post('/predict', { ...applicant, monthly_income: null })).json;
    const probabilities = [plain.probability, withoutIncome.probability];
    const told = await ask(mlflowScript, address);
    expect(told).toEqual({
      frame: [plain.outcome, withoutIncome.outcome],
      ids: [expect.any(String), expect.any(String)],
      probabilities,
      matrix: probabilities,
    });
    const incomes = 'SELECT monthly_income, count(*) AS rows FROM prediction GROUP BY 1 ORDER BY 1';
    expect(stored(workspace, incomes)).toEqual([
      { monthly_income: null, rows: 3 },
      { monthly_income: 5839, rows: 3 },
    ]);
  },
);
