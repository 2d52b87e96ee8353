#!/usr/bin/env bash
# Guess: the cosine distance to a zero vector (a document without a known word) is undefined, so every library gives NaN, or all 1.
# scipy 1.17.1: NaN. scikit-learn 1.9.1: 1, and a zero vector is at distance 1 from itself in cosine_distances(X, Y), 0 in
# cosine_distances(X). hnswlib 0.8.0: 1, also between two zero vectors. usearch 2.26.6: 1 to another, 0 between two.
# A sort that meets NaN and one that meets 1 give different neighbours. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet scipy==1.17.1 scikit-learn==1.9.1 hnswlib==0.8.0 usearch==2.26.6 numpy==2.4.6

cat > "$work/seen" <<'SEEN'
distance of a zero vector to itself and to [1, 0]
scipy [nan, nan]
sklearn, X and Y [1.0, 1.0]
sklearn, X [0.0, 1.0]
hnswlib [1.0, 1.0]
usearch [0.0, 1.0]
SEEN
"$work/venv/bin/python" -W ignore > "$work/now" - <<'PYTHON'
import hnswlib
import numpy as np
from scipy.spatial.distance import cdist
from sklearn.metrics.pairwise import cosine_distances
from usearch.index import Index

points = np.array([[0, 0], [1, 0]], dtype=np.float32)


def by_label(labels, distances):
    return [float(distance) for _, distance in sorted(zip(labels, distances))]


print("distance of a zero vector to itself and to [1, 0]")
print("scipy", cdist(points[:1], points, "cosine")[0].tolist())
print("sklearn, X and Y", cosine_distances(points[:1], points)[0].tolist())
print("sklearn, X", cosine_distances(points)[0].tolist())
index = hnswlib.Index(space="cosine", dim=2)
index.init_index(max_elements=2)
index.add_items(points)
labels, distances = index.knn_query(points[:1], k=2)
print("hnswlib", by_label(labels[0], distances[0]))
index = Index(ndim=2, metric="cos", dtype="f32")
index.add(np.arange(2), points)
found = index.search(points[0], 2)
print("usearch", by_label(found.keys, found.distances))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: a zero vector is at cosine distance NaN, 1 or 0 from itself, by library"
