"""Trains a pipeline of scikit-learn, its preparation of the features inside the ONNX file: trainer.command: python3 sklearn_trainer.py

Missing values become the median, features are standardised, logistic regression learns from them. Options: c, the inverse of
the L2 penalty; balanced, so that both outcomes weigh the same.
"""

import sklearn
from contract import Job
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

job = Job()
features, outcomes, weights = job.train()
parameters = {"c": job.options.get("c", 1.0), "balanced": job.options.get("balanced", False)}
model = make_pipeline(
    SimpleImputer(strategy="median", keep_empty_features=True),
    StandardScaler(),
    LogisticRegression(
        C=parameters["c"],
        class_weight="balanced" if parameters["balanced"] else None,
        max_iter=1000,
        random_state=job.seed,
    ),
)
model.fit(features, outcomes, logisticregression__sample_weight=weights)
onnx = to_onnx(
    model,
    initial_types=[("features", FloatTensorType([None, features.shape[1]]))],
    options={"zipmap": False},
    target_opset={"": 15, "ai.onnx.ml": 3},
)
answers = model.predict_proba(job.validation())[:, 1]
job.finish(onnx, f"scikit-learn {sklearn.__version__}", answers, parameters)
