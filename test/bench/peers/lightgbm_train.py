"""What `mlops train` does, as a user of LightGBM writes it: lightgbm_train.py CSV TARGET MODEL.onnx.

Reads, finds the number of trees on the last fifth of the earlier 70 %, fits, measures on the later 30 %, writes ONNX.
"""

import json
import sys

import lightgbm as lgb
import pandas as pd
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType
from sklearn.metrics import brier_score_loss, roc_auc_score

data, target, model = sys.argv[1:]
table = pd.read_csv(data)
labels = table.pop(target).to_numpy()
features = table.to_numpy()
earlier = int(len(labels) * 0.7)
learned = int(earlier * 0.8)
parameters = {"objective": "binary", "num_leaves": 12, "learning_rate": 0.05, "lambda_l2": 5, "verbose": -1}
searched = lgb.train(
    parameters,
    lgb.Dataset(features[:learned], labels[:learned]),
    400,
    valid_sets=[lgb.Dataset(features[learned:earlier], labels[learned:earlier])],
    callbacks=[lgb.early_stopping(40, verbose=False)],
)
booster = lgb.train(parameters, lgb.Dataset(features[:earlier], labels[:earlier]), searched.best_iteration)
answers = booster.predict(features[earlier:])
onnx = convert_lightgbm(
    booster,
    initial_types=[("features", FloatTensorType([None, features.shape[1]]))],
    zipmap=False,
    target_opset=15,
)
with open(model, "wb") as file:
    file.write(onnx.SerializeToString())
print(
    json.dumps(
        {
            "roc_auc": roc_auc_score(labels[earlier:], answers),
            "brier": brier_score_loss(labels[earlier:], answers),
        }
    )
)
