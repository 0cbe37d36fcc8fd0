"""A version of a model back into Production, the one there archived, no artifact read: mlflow_rollback.py STORE_URI VERSION."""

import sys

from mlflow import MlflowClient

store, version = sys.argv[1:]
client = MlflowClient(tracking_uri=store, registry_uri=store)
client.transition_model_version_stage("bench", version, "Production", archive_existing_versions=True)
