"""Every drift test that Evidently can make of two samples of unequal size, on every column of one CSV file against another.

evidently_all_tests.py REFERENCE CURRENT. Left out: g_test and fisher_exact, which refuse unequal sizes, z, which needs two values,
and empirical_mmd, whose kernel matrix of all rows against all would take more memory than most machines have.
"""

import json
import sys

import pandas as pd
from evidently import Report
from evidently.metrics import ValueDrift

numerical = [
    "anderson", "cramer_von_mises", "ed", "es", "hellinger", "jensenshannon", "kl_div", "ks", "mannw", "psi",
    "t_test", "wasserstein",
]  # fmt: skip

reference, current = (pd.read_csv(path) for path in sys.argv[1:])


def is_defined(method, column):
    """Integers of few values are categories to it, and its tests of numbers refuse them; es refuses columns whose quartiles are equal."""
    sides = (reference[column], current[column])
    if any(pd.api.types.is_integer_dtype(side) and side.nunique() <= 10 for side in sides):
        return method in ("hellinger", "jensenshannon", "kl_div", "psi")
    both = pd.concat(sides)
    return method != "es" or both.quantile(0.75) > both.quantile(0.25)


metrics = [
    ValueDrift(column=column, method=method)
    for column in reference.columns
    for method in numerical
    if is_defined(method, column)
]
snapshot = Report(metrics).run(current_data=current, reference_data=reference)
print(json.dumps({"tests": len(snapshot.dict()["metrics"])}))
