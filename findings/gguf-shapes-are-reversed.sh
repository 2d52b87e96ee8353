#!/usr/bin/env bash
# Guess: a GGUF file says of a tensor the shape that numpy gave it, as safetensors and npz do.
# gguf 0.19.0: dimensions are written from the fastest on, so a matrix of 2 × 3 has the shape [3, 2] in the file and in
# ReaderTensor.shape, while ReaderTensor.data of the same object is (2, 3). Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet gguf==0.19.0 numpy==2.4.6

cat > "$work/seen" <<'SEEN'
вес [3, 2] (2, 3) [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
SEEN
"$work/venv/bin/python" - "$work/model.gguf" > "$work/now" <<'PYTHON'
import sys

import gguf
import numpy as np

writer = gguf.GGUFWriter(sys.argv[1], "имя")
writer.add_tensor("вес", np.arange(6, dtype=np.float32).reshape(2, 3))
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
tensor = gguf.GGUFReader(sys.argv[1]).tensors[0]
print(tensor.name, tensor.shape.tolist(), tensor.data.shape, tensor.data.tolist())
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: gguf 0.19.0 says [3, 2] of a numpy array of shape (2, 3)"
