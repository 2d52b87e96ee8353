#!/usr/bin/env bash
# Guess: BERT's pre-tokenizer makes «№», «₽» and «°» tokens of their own, as it does «$» and «%», and the WordPiece decoder gives
# a number back as it was.
# tokenizers 0.23.3: only ASCII signs and Unicode punctuation are cut off; «№», «₽», «°», «±» are symbols in Unicode, so «№5»,
# «7₽» and «5°» are words of their own for each number. The decoder glues a comma to the left only: «3,14» is decoded
# as «3, 14», «10:30» as «10 : 30». Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet tokenizers==0.23.3

cat > "$work/seen" <<'SEEN'
$ 5 7 % №5 7₽ 5° ±2
3, 14 10 : 30 « да »
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
from tokenizers import decoders, pre_tokenizers

bert = pre_tokenizers.BertPreTokenizer()
print(*(piece for piece, _ in bert.pre_tokenize_str("$5 7% №5 7₽ 5° ±2")))
print(decoders.WordPiece().decode([piece for piece, _ in bert.pre_tokenize_str("3,14 10:30 «да»")]))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: BertPreTokenizer of tokenizers 0.23.3 cuts «\$5» and leaves «№5» whole; WordPiece decodes «3,14» as «3, 14»"
