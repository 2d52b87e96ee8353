#!/usr/bin/env bash
# Guess: where a search gives two documents the same score, an evaluation keeps the order in which they were given.
# ranx does. pytrec_eval (trec_eval itself, and ir_measures on top of it) puts the documents in the order of their names, the last of the
# alphabet first, as bytes: with one score for all the right document is first or third by what it is called. In Russian collections «ё»
# comes after «я», and every Latin name after every digit and before every Cyrillic one. Scores rounded to two digits, or BM25 on short
# texts, are full of ties. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet pytrec_eval-terrier==0.5.11 ir_measures==0.4.3 ranx==0.3.21

cat > "$work/seen" <<'SEEN'
«арбуз» right, given first: pytrec_eval 0.33, ir_measures 0.33, ranx 1.00
«арбуз» right, given last: pytrec_eval 0.33, ir_measures 0.33, ranx 0.33
«ястреб» right, given first: pytrec_eval 1.00, ir_measures 1.00, ranx 1.00
«ястреб» right, given last: pytrec_eval 1.00, ir_measures 1.00, ranx 0.33
«ёлка» right, given last: pytrec_eval 1.00, ir_measures 1.00, ranx 0.33
SEEN
"$work/venv/bin/python" - > "$work/now" 2>/dev/null <<'PYTHON'
import ir_measures
import pytrec_eval
from ranx import Qrels, Run, evaluate

for right, place in (("арбуз", "first"), ("арбуз", "last"), ("ястреб", "first"), ("ястреб", "last"), ("ёлка", "last")):
    others = ["береза", "ветка"]
    given = [right, *others] if place == "first" else [*others, right]
    judged, found = {"q": {right: 1}}, {"q": {name: 1.0 for name in given}}
    trec = pytrec_eval.RelevanceEvaluator(judged, {"recip_rank"}).evaluate(found)["q"]["recip_rank"]
    measures = ir_measures.calc_aggregate([ir_measures.RR], judged, found)[ir_measures.RR]
    ranx = float(evaluate(Qrels(judged), Run(found), "mrr"))
    print(f"«{right}» right, given {place}: pytrec_eval {trec:.2f}, ir_measures {measures:.2f}, ranx {ranx:.2f}")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: ties are broken by names in two of three"
