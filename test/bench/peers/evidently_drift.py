"""Drift of one CSV file against another as a user of Evidently computes it: evidently_drift.py REFERENCE CURRENT [HTML]."""

import json
import sys

import pandas as pd
from evidently import Report
from evidently.presets import DataDriftPreset

reference, current, *html = sys.argv[1:]
snapshot = Report([DataDriftPreset()]).run(
    current_data=pd.read_csv(current), reference_data=pd.read_csv(reference)
)
for path in html:
    snapshot.save_html(path)
drifted = next(metric for metric in snapshot.dict()["metrics"] if "DriftedColumnsCount" in metric["metric_name"])
print(json.dumps({"features_drifted": int(drifted["value"]["count"])}))
