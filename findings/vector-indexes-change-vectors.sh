#!/usr/bin/env bash
# Guess: a vector index gives back the vectors that were put in, and ranks by their exact distances when it holds three of them.
# usearch 2.26.6 stores bfloat16 unless told otherwise: 3.3 comes back as 3.296875, and 256.4 and 256.6 are the same place. hnswlib 0.8.0
# in its cosine space keeps unit vectors: [3, 4] comes back as [0.6, 0.8], its length is lost. «ip» of both is one minus the
# product, so it can be negative. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet usearch==2.26.6 hnswlib==0.8.0 numpy==2.4.6

cat > "$work/seen" <<'SEEN'
usearch BF16 3.296875 [0.0, 0.0]
usearch F32 3.3 [0.0, 0.04]
hnswlib cosine [0.6, 0.8]
hnswlib ip [[-24.0]]
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import hnswlib
import numpy as np
from usearch.index import Index

points = np.array([[3.3, 0], [256.4, 0], [256.6, 0]], dtype=np.float32)
for dtype in (None, "f32"):
    index = Index(ndim=2, metric="l2sq", dtype=dtype)
    index.add(np.arange(3), points)
    distances = index.search(points[2], 2).distances
    print("usearch", index.dtype.name, index.get(0)[0].round(6), [round(float(it), 4) for it in distances])
index = hnswlib.Index(space="cosine", dim=2)
index.init_index(max_elements=1)
index.add_items(np.array([[3, 4]], dtype=np.float32))
print("hnswlib cosine", [round(float(it), 4) for it in index.get_items([0])[0]])
index = hnswlib.Index(space="ip", dim=2)
index.init_index(max_elements=1)
index.add_items(np.array([[3, 4]], dtype=np.float32))
print("hnswlib ip", index.knn_query(np.array([[3, 4]], dtype=np.float32), k=1)[1].tolist())
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: usearch 2.26.6 stores 3.3 as 3.296875, hnswlib 0.8.0 stores [3, 4] as [0.6, 0.8]"
