"""Writes shap-figures.json: exact Shapley values of tree models by the `shap` package, to compare ours with.

    python3 -m venv venv && venv/bin/pip install shap==0.51.0 onnx numpy && venv/bin/python make_shap_figures.py

The package gets the very trees of ../fixtures/onnx (the rows of answers.json are the background), and trees with splits on
categories that are made here. Such a split is given to the package as a comb of comparisons over the same values,
which is the same game; the figures are then checked against the sum over all coalitions.
"""

import itertools
import json
import math
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper  # noqa: F401
import shap

here = Path(__file__).parent
models = here.parent / "fixtures" / "onnx"
files = ["lightgbm_tensor.onnx", "sklearn_gradient_boosting.onnx", "sklearn_hist_gradient_boosting.onnx", "sklearn_forest_zipmap.onnx"]
explained = 4


def goes_left(node, value):
    if math.isnan(value):
        return node["missingLeft"]
    if node.get("categories") is not None:
        return value in node["categories"]
    return value <= node["threshold"]


def trees_of(path):
    model = onnx.load(str(path))
    [node] = [n for n in model.graph.node if n.op_type == "TreeEnsembleClassifier"]
    a = {x.name: onnx.helper.get_attribute_value(x) for x in node.attribute}
    leaf = {(t, n): w for t, n, w in zip(a["class_treeids"], a["class_nodeids"], a["class_weights"])}
    trees = {}
    missing = a.get("nodes_missing_value_tracks_true") or [0] * len(a["nodes_nodeids"])
    for i, (t, n) in enumerate(zip(a["nodes_treeids"], a["nodes_nodeids"])):
        mode = a["nodes_modes"][i].decode()
        assert mode in ("LEAF", "BRANCH_LEQ"), mode
        is_leaf = mode == "LEAF"
        trees.setdefault(t, {})[n] = {
            "feature": -1 if is_leaf else a["nodes_featureids"][i],
            "threshold": float(np.float32(a["nodes_values"][i])),
            "missingLeft": bool(missing[i]),
            "left": -1 if is_leaf else a["nodes_truenodeids"][i],
            "right": -1 if is_leaf else a["nodes_falsenodeids"][i],
            "value": float(np.float32(leaf.get((t, n), 0))),
        }
    out = []
    for nodes in trees.values():
        ids = {n: i for i, n in enumerate(sorted(nodes))}
        out.append([{**nodes[n], "left": ids.get(nodes[n]["left"], -1), "right": ids.get(nodes[n]["right"], -1)} for n in sorted(nodes)])
    return out, float(a.get("base_values", [0])[0])


def covers(tree, rows):
    count = [0] * len(tree)
    for row in rows:
        place = 0
        while True:
            count[place] += 1
            node = tree[place]
            if node["feature"] < 0:
                break
            place = node["left"] if goes_left(node, row[node["feature"]]) else node["right"]
    return count


def share_of(count, child, place):
    return count[child] / count[place] if count[place] else 0.5


def for_package(tree, rows):
    """The tree as the package reads it, its weights the covers."""
    count = covers(tree, rows)
    out = {k: [] for k in ("children_left", "children_right", "children_default", "features", "thresholds", "values", "node_sample_weight")}

    def new(feature, threshold, value, weight):
        for k, v in zip(out, (-1, -1, -1, feature, threshold, value, weight)):
            out[k].append(v)
        return len(out["features"]) - 1

    def copy(place, weight, reaching):
        node = tree[place]
        if node["feature"] < 0:
            return new(-1, -1, node["value"], weight)
        # The package takes no node without weight; this one changes no figure in the first ten digits.
        share = lambda child: weight * max(share_of(count, child, place), 1e-12)
        f = node["feature"]
        lefts = [r for r in reaching if goes_left(node, r[f])]
        rights = [r for r in reaching if not goes_left(node, r[f])]
        if node.get("categories") is None:
            at = new(f, node["threshold"], 0, weight)
            left = copy(node["left"], share(node["left"]), lefts)
            right = copy(node["right"], share(node["right"]), rights)
            out["children_left"][at], out["children_right"][at] = left, right
            out["children_default"][at] = left if node["missingLeft"] else right
            return at
        values = sorted({float(r[f]) for r in rows if not math.isnan(r[f])} | set(node["categories"]))
        runs = []
        for v in values:
            side = v in node["categories"]
            if runs and runs[-1]["side"] == side:
                runs[-1]["values"].append(v)
            else:
                runs.append({"side": side, "values": [v]})
        home = next(i for i, run in enumerate(runs) if run["side"] == node["missingLeft"])
        for i, run in enumerate(runs):
            run["rows"] = [r for r in reaching if r[f] in run["values"] or (i == home and math.isnan(r[f]))]
            run["weight"] = weight * max(len(run["rows"]) / count[place], 1e-12)
            run["child"] = node["left"] if run["side"] else node["right"]
            run["below"] = lefts if run["side"] else rights

        def comb(i):
            run = runs[i]
            if i == len(runs) - 1:
                return copy(run["child"], run["weight"], run["below"])
            rest = sum(each["weight"] for each in runs[i:])
            at = new(f, (run["values"][-1] + runs[i + 1]["values"][0]) / 2, 0, rest)
            left = copy(run["child"], run["weight"], run["below"])
            right = comb(i + 1)
            out["children_left"][at], out["children_right"][at] = left, right
            out["children_default"][at] = left if i == home else right
            return at

        return comb(0)

    copy(0, float(count[0]), rows)
    kinds = {"children_left": np.int32, "children_right": np.int32, "children_default": np.int32, "features": np.int32}
    result = {k: np.array(v, dtype=kinds.get(k, np.float64)) for k, v in out.items()}
    result["values"] = result["values"].reshape(-1, 1)
    return result


def by_coalitions(trees, rows, row):
    """Shapley values by their definition: every coalition of the features."""
    width = len(row)
    counted = [covers(tree, rows) for tree in trees]

    def answer(coalition):
        def walk(tree, count, place):
            node = tree[place]
            if node["feature"] < 0:
                return node["value"]
            if node["feature"] in coalition:
                return walk(tree, count, node["left"] if goes_left(node, row[node["feature"]]) else node["right"])
            return sum(share_of(count, c, place) * walk(tree, count, c) for c in (node["left"], node["right"]))

        return sum(walk(t, c, 0) for t, c in zip(trees, counted))

    parts = []
    for f in range(width):
        others = [g for g in range(width) if g != f]
        total = 0
        for size in range(width):
            for s in itertools.combinations(others, size):
                w = math.factorial(size) * math.factorial(width - size - 1) / math.factorial(width)
                total += w * (answer({*s, f}) - answer(set(s)))
        parts.append(total)
    return parts


def figures(trees, base, background, rows):
    package = shap.TreeExplainer(
        {"trees": [for_package(t, background) for t in trees], "base_offset": base}, feature_perturbation="tree_path_dependent"
    )
    parts = package.shap_values(np.array(rows, dtype=np.float64), check_additivity=False)
    parts = np.array(parts).reshape(len(rows), -1)
    truth = np.array([by_coalitions(trees, background, row) for row in rows])
    assert np.abs(parts - truth).max() < 1e-9, np.abs(parts - truth).max()
    return {"base": float(np.ravel(package.expected_value)[0]), "parts": parts.tolist()}


def float32_rows(rows):
    return [[math.nan if v is None else float(np.float32(v)) for v in row] for row in rows]


def random_tree(random, rows, depth):
    """Splits on numbers and on categories, the same feature more than once on a way, missing values either way."""
    tree = []

    def grow(reaching, left):
        place = len(tree)
        tree.append(None)
        for _ in range(30 if left else 0):
            f = int(random.integers(4))
            seen = [r[f] for r in reaching if not math.isnan(r[f])]
            if not seen:
                continue
            node = {"feature": f, "missingLeft": bool(random.integers(2)), "threshold": float(np.float32(random.choice(seen)))}
            if f == 3:
                kinds = sorted({r[3] for r in rows if not math.isnan(r[3])})
                node["categories"] = [float(v) for v in kinds if random.random() < 0.4]
                if not node["categories"]:
                    continue
            lefts = [r for r in reaching if goes_left(node, r[f])]
            rights = [r for r in reaching if not goes_left(node, r[f])]
            if len(lefts) < 2 or len(rights) < 2:
                continue
            tree[place] = {**node, "value": 0}
            tree[place]["left"] = grow(lefts, left - 1)
            tree[place]["right"] = grow(rights, left - 1)
            return place
        tree[place] = {"feature": -1, "threshold": 0, "missingLeft": False, "left": -1, "right": -1, "value": float(np.float32(random.normal()))}
        return place

    grow(rows, depth)
    return tree


def made():
    random = np.random.default_rng(7)
    rows = [
        [float(np.float32(random.normal())), float(random.integers(20)), float(np.float32(random.random())), float(random.integers(7))]
        for _ in range(120)
    ]
    for row in rows:
        for f in range(4):
            if random.random() < 0.1:
                row[f] = math.nan
    trees = [random_tree(random, rows, 6) for _ in range(3)]
    plain = lambda table: [[None if math.isnan(v) else v for v in row] for row in table]
    return {
        "trees": trees,
        "background": plain(rows),
        "rows": plain(rows[:explained] + [[math.nan] * 4]),
        **figures(trees, 0.0, rows, rows[:explained] + [[math.nan] * 4]),
    }


answers = {each["file"]: each for each in json.loads((models / "answers.json").read_text())}
result = {"shap": shap.__version__, "made": made(), "files": []}
for file in files:
    trees, base = trees_of(models / file)
    rows = float32_rows(answers[file]["rows"])
    result["files"].append({"file": file, **figures(trees, base, rows, rows[:explained])})
(here / "shap-figures.json").write_text(json.dumps(result) + "\n")
