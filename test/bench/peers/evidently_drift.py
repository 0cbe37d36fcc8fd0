"""Drift of one CSV or Parquet file against another as a user of Evidently computes it: evidently_drift.py REFERENCE CURRENT [HTML]."""

import json
import sys

import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset


def read(path):
    return pd.read_parquet(path) if path.endswith(".parquet") else pd.read_csv(path)


reference, current, *html = sys.argv[1:]
snapshot = Report([DataDriftPreset()]).run(current_data=read(current), reference_data=read(reference))
for path in html:
    snapshot.save_html(path)
drifted = next(metric for metric in snapshot.dict()["metrics"] if "DriftedColumnsCount" in metric["metric_name"])
print(json.dumps({"features_drifted": int(drifted["value"]["count"])}))
