#!/usr/bin/env bash
# Guess: ROUGE of a Russian summary is low when it has no word of the reference, and 1 when it repeats it.
# The tokenizer of rouge-score 0.1.2 replaces everything but a–z and 0–9 by spaces. Of a Russian text it sees numbers and Latin words:
# a copy scores 0, and two sentences with nothing in common but «2024» score 1. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet rouge-score==0.1.2

cat > "$work/seen" <<'SEEN'
Кот спит на печи | Кот спит на печи | 0.0 0
В 2024 году снег выпал рано | Завод открыли в 2024 году | 1.0 1.0
Завод открыли в 2024 году | Завод открыли в 2024 году и уже в 2025 расширили | 0.67 0.67
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
from rouge_score import rouge_scorer

scorer = rouge_scorer.RougeScorer(["rouge1", "rougeL"])
for reference, summary in [
    ("Кот спит на печи", "Кот спит на печи"),
    ("В 2024 году снег выпал рано", "Завод открыли в 2024 году"),
    ("Завод открыли в 2024 году", "Завод открыли в 2024 году и уже в 2025 расширили"),
]:
    scores = scorer.score(reference, summary)
    print(reference, "|", summary, "|", *(round(scores[name].fmeasure, 2) for name in scores))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: rouge-score 0.1.2 gives a copied Russian sentence 0, and 1 to a foreign one with the same year"
