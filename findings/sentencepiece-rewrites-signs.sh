#!/usr/bin/env bash
# Guess: when every letter of a text is in the vocabulary, sentencepiece's decode(encode(text)) is the text, but for spaces.
# sentencepiece 0.2.3: the default rule nmt_nfkc is part of the model. «№ 5» comes back as «No 5» in Latin letters, «…» as three
# dots, «м²» as «м2», «½» as «1⁄2», «™» as «TM», «H₂O» as «H2O». With normalization_rule_name="identity" they stay.
# Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet sentencepiece==0.2.3

cat > "$work/seen" <<'SEEN'
nmt_nfkc № 5… ½ м² ™ H₂O й -> No 5... 1⁄2 м2 TM H2O й
identity № 5… ½ м² ™ H₂O й -> № 5… ½ м² ™ H₂O й
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import io

import sentencepiece

text = "№ 5… ½ м² ™ H₂O й"
for rule in ("nmt_nfkc", "identity"):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([text] * 50),
        model_writer=model,
        model_type="char",
        vocab_size=40,
        hard_vocab_limit=False,
        character_coverage=1.0,
        normalization_rule_name=rule,
        minloglevel=2,
    )
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    print(rule, text, "->", tokenizer.decode(tokenizer.encode(text)))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: sentencepiece 0.2.3 decodes «№ 5…» as «No 5...»"
