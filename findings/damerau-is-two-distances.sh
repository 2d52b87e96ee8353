#!/usr/bin/env bash
# Guess: a function called damerau_levenshtein computes one distance in every library.
# «ца» -> «ац» -> «абц» is 2 by Damerau (1964, unrestricted); without a second edit inside the swapped pair it is 3 (optimal string alignment).
# textdistance 4.6.3 means the latter, jellyfish 1.3.0 and rapidfuzz 3.14.6 the former.
# Only the former is a metric. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet textdistance==4.6.3 jellyfish==1.3.0 rapidfuzz==3.14.6

cat > "$work/seen" <<'SEEN'
textdistance 3
jellyfish 2
rapidfuzz 2
textdistance ца-ац 1 + ац-абц 1 < ца-абц 3
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import jellyfish
import textdistance
from rapidfuzz.distance import DamerauLevenshtein

print("textdistance", textdistance.damerau_levenshtein("ца", "абц"))
print("jellyfish", jellyfish.damerau_levenshtein_distance("ца", "абц"))
print("rapidfuzz", DamerauLevenshtein.distance("ца", "абц"))
way = [("ца", "ац"), ("ац", "абц"), ("ца", "абц")]
steps = [f"{a}-{b} {textdistance.damerau_levenshtein(a, b)}" for a, b in way]
print("textdistance", steps[0], "+", steps[1], "<", steps[2])
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: damerau_levenshtein of «ца» and «абц» is 3 in textdistance 4.6.3, 2 in jellyfish 1.3.0 and rapidfuzz 3.14.6"
