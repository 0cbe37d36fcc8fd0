"""Trains boosted trees with LightGBM: trainer.command: python3 lightgbm_trainer.py

Options: leaves, learning_rate, trees (at most), threads. The number of trees is found on the last fifth of the rows.
"""

import lightgbm as lgb
from contract import Job
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType

job = Job()
features, outcomes, weights = job.train()
parameters = {
    "objective": "binary",
    "num_leaves": job.options.get("leaves", 31),
    "learning_rate": job.options.get("learning_rate", 0.05),
    "seed": job.seed,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": job.options.get("threads", 2),
    "verbose": -1,
}
earlier = int(len(outcomes) * 0.8)


def rows(first, last):
    return lgb.Dataset(
        features[first:last],
        outcomes[first:last],
        weight=None if weights is None else weights[first:last],
        categorical_feature=[job.features.index(name) for name in job.categories],
    )


searched = lgb.train(
    parameters,
    rows(0, earlier),
    job.options.get("trees", 500),
    valid_sets=[rows(earlier, len(outcomes))],
    callbacks=[lgb.early_stopping(40, verbose=False)],
)
booster = lgb.train(parameters, rows(0, len(outcomes)), searched.best_iteration)
onnx = convert_lightgbm(
    booster,
    initial_types=[("features", FloatTensorType([None, features.shape[1]]))],
    zipmap=False,
    target_opset=15,
)
parameters["trees"] = searched.best_iteration
job.finish(onnx, f"lightgbm {lgb.__version__}", booster.predict(job.validation()), parameters)
