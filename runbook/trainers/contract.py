"""What every trainer does beside training: reads the job, and writes the model and its metrics where the job says."""

import json
import sys

import pandas as pd


class Job:
    """The job that mlops wrote; its path is the last word of the command."""

    def __init__(self):
        with open(sys.argv[-1], encoding="utf-8") as file:
            self.job = json.load(file)
        self.options = self.job["options"]
        self.seed = self.job["seed"]
        self.features = self.job["features"]
        self.categories = [name for name in self.job["categories"] if name in self.features]

    def train(self):
        """Features as float32, as the ONNX model will see them; outcomes 0 and 1; weights or None. In order of time."""
        table = pd.read_parquet(self.job["train"]["path"])
        weights = self.job["weights"]
        return (
            table[self.features].to_numpy(dtype="float32"),
            table[self.job["target"]].to_numpy(dtype="int64"),
            None if weights is None else table[weights].to_numpy(dtype="float64"),
        )

    def validation(self):
        """Features of the later rows, by which mlops measures the model."""
        return pd.read_parquet(self.job["validation"]["path"])[self.features].to_numpy(dtype="float32")

    def finish(self, onnx, trainer, probabilities, parameters):
        """Writes both files. probabilities: of outcome 1, of the validation part, before the model became ONNX."""
        metrics = {
            "trainer": trainer,
            "golden_probabilities": [float(each) for each in probabilities[: self.job["golden_rows"]]],
            "parameters": parameters,
        }
        with open(self.job["output"]["model"], "wb") as file:
            file.write(onnx.SerializeToString())
        with open(self.job["output"]["metrics"], "w", encoding="utf-8") as file:
            json.dump(metrics, file)
