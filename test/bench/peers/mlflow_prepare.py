"""A model with versions 1 and 2 in a local MLflow registry, 2 in Production: mlflow_prepare.py STORE_URI FOLDER."""

import sys

from mlflow import MlflowClient

store, folder = sys.argv[1:]
client = MlflowClient(tracking_uri=store, registry_uri=store)
client.create_registered_model("bench")
for version in ("1", "2"):
    client.create_model_version("bench", source=folder)
    client.transition_model_version_stage("bench", version, "Production", archive_existing_versions=True)
