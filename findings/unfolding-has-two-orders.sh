#!/usr/bin/env bash
# Guess: the textbook formula of CP, X(1) = A (C ⊙ B)ᵀ (Kolda and Bader, 2009), holds for what a library calls unfolding.
# In pyttb it does. tensorly unfolds in the order of memory of C, where the *last* index runs fastest, and its X(1) is A (B ⊙ C)ᵀ;
# its own `khatri_rao` agrees with itself. Factors carried from one to the other, or a formula from a book, give another tensor, of the
# same shape and norm. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet tensorly==0.10.0 pyttb==1.8.6

cat > "$work/seen" <<'SEEN'
tensorly [[0, 1, 2, 3], [4, 5, 6, 7]]: A (C ⊙ B)ᵀ False, A (B ⊙ C)ᵀ True
pyttb [[0, 2, 1, 3], [4, 6, 5, 7]]: A (C ⊙ B)ᵀ True, A (B ⊙ C)ᵀ False
SEEN
"$work/venv/bin/python" - > "$work/now" <<'PYTHON'
import numpy as np
import pyttb
import tensorly
from scipy.linalg import khatri_rao

random = np.random.default_rng(0)
a, b, c = (random.normal(size=(rows, 2)) for rows in (2, 3, 4))
whole = np.einsum("ir,jr,kr->ijk", a, b, c)
count = np.arange(8).reshape(2, 2, 2)
unfold = {"tensorly": lambda t: tensorly.unfold(t, 0), "pyttb": lambda t: pyttb.tensor(t).to_tenmat(np.array([0])).data}
for name, unfolded in unfold.items():
    cb, bc = (bool(np.allclose(unfolded(whole), a @ pair.T)) for pair in (khatri_rao(c, b), khatri_rao(b, c)))
    print(f"{name} {unfolded(count).tolist()}: A (C ⊙ B)ᵀ {cb}, A (B ⊙ C)ᵀ {bc}")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: two orders of one unfolding"
