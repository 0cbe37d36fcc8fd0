"""The same ONNX file that mlops serves, behind FastAPI with onnxruntime; nothing is stored.

Usage: fastapi_onnxruntime.py MODEL.onnx FEATURES(by comma) PORT
"""
import sys

import numpy as np
import onnxruntime
import uvicorn
from fastapi import FastAPI
from pydantic import create_model

path, names, port = sys.argv[1:]
features = names.split(",")
session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
tensor = session.get_inputs()[0].name
Row = create_model("Row", **{name: (float, ...) for name in features})
app = FastAPI()


@app.post("/predict")
async def predict(row: Row):
    values = np.array([[getattr(row, name) for name in features]], dtype=np.float32)
    probability = float(session.run(["probabilities"], {tensor: values})[0][0, 1])
    return {"probability": probability, "outcome": int(probability >= 0.5)}


uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning", access_log=False)
