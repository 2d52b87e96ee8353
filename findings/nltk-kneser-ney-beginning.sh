#!/usr/bin/env bash
# Guess: the probabilities that NLTK's interpolated Kneser–Ney gives to the words of its vocabulary sum to 1 in every context.
# From order 3 on they do not at the beginning of a sentence, in texts padded by NLTK itself: 1.005 after two marks «<s>», where a
# model of order 3 takes its first word, and 1.05 one order below. So perplexity
# is flattered, and two models cannot be compared by it to the second digit. In the other contexts below the sum is 1, and the
# smoothing of Witten and Bell is right everywhere. Seen on 2026-11-30 with nltk 3.10.4: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet nltk==3.10.4

cat > "$work/seen" <<'SEEN'
KneserNeyInterpolated 2 | nothing: 1.000 | м: 1.000 | <s>: 1.000
KneserNeyInterpolated 3 | nothing: 1.000 | м: 1.000 | м а: 1.000 | <s>: 1.050 | <s> <s>: 1.005 | <s> м: 1.000
WittenBellInterpolated 2 | nothing: 1.000 | м: 1.000 | <s>: 1.000
WittenBellInterpolated 3 | nothing: 1.000 | м: 1.000 | м а: 1.000 | <s>: 1.000 | <s> <s>: 1.000 | <s> м: 1.000
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
from nltk.lm import KneserNeyInterpolated, WittenBellInterpolated
from nltk.lm.preprocessing import padded_everygram_pipeline

text = [list("мама мыла раму"), list("папа пил чай")]
contexts = [[], ["м"], ["м", "а"], ["<s>"], ["<s>", "<s>"], ["<s>", "м"]]
for model_of in (KneserNeyInterpolated, WittenBellInterpolated):
    for order in (2, 3):
        everygrams, vocabulary = padded_everygram_pipeline(order, text)
        model = model_of(order)
        model.fit(everygrams, vocabulary)
        sums = [
            f"{' '.join(context) or 'nothing'}: {sum(model.score(word, context) for word in model.vocab):.3f}"
            for context in contexts
            if len(context) < order
        ]
        print(model_of.__name__, order, "|", " | ".join(sums))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: after <s> the probabilities of nltk's Kneser–Ney of order 3 sum to more than 1"
