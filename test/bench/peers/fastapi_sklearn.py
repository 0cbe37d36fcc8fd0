"""A scikit-learn random forest behind FastAPI, as services like the runbook's are written; nothing is stored.

Usage: fastapi_sklearn.py TRAINING.csv TARGET PORT
"""
import sys

import numpy as np
import pandas as pd
import uvicorn
from fastapi import FastAPI
from pydantic import create_model
from sklearn.ensemble import RandomForestClassifier

path, target, port = sys.argv[1:]
data = pd.read_csv(path)
features = [name for name in data.columns if name != target]
model = RandomForestClassifier(n_estimators=100, random_state=42).fit(data[features].to_numpy(), data[target])
Row = create_model("Row", **{name: (float, ...) for name in features})
app = FastAPI()


@app.post("/predict")
def predict(row: Row):
    values = np.array([[getattr(row, name) for name in features]])
    probability = float(model.predict_proba(values)[0, 1])
    return {"probability": probability, "outcome": int(probability >= 0.5)}


uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning", access_log=False)
