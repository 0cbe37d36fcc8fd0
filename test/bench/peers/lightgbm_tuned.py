"""LightGBM tuned by Optuna on splits that lightgbm_splits.py wrote: lightgbm_tuned.py FOLDER TARGET TRIALS SPLITS.

What `mlops train --tune` does, as a user of both writes it: the same parameters between the same bounds, Optuna's own sampler, the
mean log loss over three expanding folds; then the number of trees on the last fifth, and as many on all rows.
"""

import json
import sys
import time

import lightgbm as lgb
import optuna
import pandas as pd
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import TimeSeriesSplit

folder, target, trials, splits = sys.argv[1:]
optuna.logging.set_verbosity(optuna.logging.WARNING)
fixed = {"objective": "binary", "num_threads": 1, "verbose": -1, "seed": 42, "bagging_freq": 1}


def stopped(parameters, features, labels, learned):
    """Trees on the first rows, as many as lower the log loss of the others."""
    return lgb.train(
        parameters,
        lgb.Dataset(features[:learned], labels[:learned]),
        400,
        valid_sets=[lgb.Dataset(features[learned:], labels[learned:])],
        callbacks=[lgb.early_stopping(40, verbose=False)],
    )


def tuned(features, labels):
    def objective(trial):
        parameters = fixed | {
            "learning_rate": trial.suggest_float("learning_rate", 0.01, 0.2, log=True),
            "num_leaves": trial.suggest_int("num_leaves", 4, 64, log=True),
            "min_data_in_leaf": trial.suggest_int("min_data_in_leaf", 5, 200, log=True),
            "lambda_l1": trial.suggest_float("lambda_l1", 0.001, 10, log=True),
            "lambda_l2": trial.suggest_float("lambda_l2", 0.01, 100, log=True),
            "bagging_fraction": trial.suggest_float("bagging_fraction", 0.5, 1),
            "feature_fraction": trial.suggest_float("feature_fraction", 0.3, 1),
        }
        losses = []
        for earlier, later in TimeSeriesSplit(3, test_size=len(labels) // 5).split(features):
            learned, end = len(earlier), later[-1] + 1
            booster = stopped(parameters, features[:learned], labels[:learned], int(learned * 0.8))
            losses.append(log_loss(labels[learned:end], booster.predict(features[learned:end])))
        return sum(losses) / len(losses)

    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=42))
    study.enqueue_trial({"learning_rate": 0.05, "num_leaves": 15, "min_data_in_leaf": 20})
    study.optimize(objective, n_trials=int(trials))
    parameters = fixed | study.best_params
    searched = stopped(parameters, features, labels, int(len(labels) * 0.8))
    return lgb.train(parameters, lgb.Dataset(features, labels), searched.best_iteration)


found = []
for split in range(int(splits)):
    learn, judge = (pd.read_csv(f"{folder}/{split}-{part}.csv") for part in ["learn", "judge"])
    labels = learn.pop(target).to_numpy()
    started = time.perf_counter()
    booster = tuned(learn.to_numpy(dtype=float), labels)
    seconds = time.perf_counter() - started
    auc = roc_auc_score(judge.pop(target), booster.predict(judge.to_numpy(dtype=float)))
    found.append({"roc_auc": auc, "seconds": seconds})
    print(found[-1], file=sys.stderr)
print(json.dumps(found))
