#!/usr/bin/env bash
# Guess: the three metrics of sacrebleu treat the case of letters alike by default.
# sacrebleu 2.6.0: BLEU and chrF compare case, TER lower-cases first (Cyrillic too). A hypothesis in capitals has TER 0 (no
# error), BLEU 16 and chrF 2.6. A comma glued to a word costs TER a whole edit, as its tokenizer is off by default while that of
# BLEU is on. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet sacrebleu==2.6.0

cat > "$work/seen" <<'SEEN'
МАМА МЫЛА РАМУ. BLEU 15.97 chrF 2.56 TER 0.00
мама мыла раму. BLEU 59.46 chrF 90.21 TER 0.00
Мама мыла, раму. BLEU 30.21 chrF 71.43 TER 33.33
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
from sacrebleu import sentence_bleu, sentence_chrf, sentence_ter

reference = ["Мама мыла раму."]
for text in ("МАМА МЫЛА РАМУ.", "мама мыла раму.", "Мама мыла, раму."):
    scores = [metric(text, reference).score for metric in (sentence_bleu, sentence_chrf, sentence_ter)]
    print(text, "BLEU {:.2f} chrF {:.2f} TER {:.2f}".format(*scores))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: sacrebleu 2.6.0 gives a text in capitals TER 0, BLEU 16 and chrF 2.6"
