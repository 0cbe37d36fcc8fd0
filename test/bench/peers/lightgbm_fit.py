"""Seconds that LightGBM takes to bin and fit, reading apart: lightgbm_fit.py CSV TARGET TREES LEAVES THREADS."""

import json
import sys
import time

import lightgbm as lgb
import pandas as pd

data, target, *numbers = sys.argv[1:]
trees, leaves, threads = map(int, numbers)
table = pd.read_csv(data)
labels = table.pop(target).to_numpy()
features = table.to_numpy()
parameters = {
    "objective": "binary",
    "num_leaves": leaves,
    "learning_rate": 0.05,
    "num_threads": threads,
    "verbose": -1,
}
started = time.perf_counter()
lgb.train(parameters, lgb.Dataset(features, labels), trees)
print(json.dumps({"seconds": time.perf_counter() - started}))
