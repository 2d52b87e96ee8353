#!/usr/bin/env bash
# Guess: difflib's ratio() falls smoothly with the number of edits, whatever the length.
# Python 3.11, standard library: from 200 elements on, every element that makes more than 1 % of the second text is «junk»
# (autojunk=True), and in a text of characters nearly all letters are. A text of 222 characters and the same without its first
# ten are alike by 0.51; with autojunk=False, or cut to 199 characters, by 0.98 and 0.97. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

cat > "$work/seen" <<'SEEN'
222 characters 0.512
222 characters, autojunk=False 0.977
199 characters 0.974
SEEN
python3 > "$work/now" - <<'PYTHON'
from difflib import SequenceMatcher

text = "Модель обучается на больших корпусах текста, а потом её донастраивают на примерах диалогов и проверяют людьми. " * 2
print(len(text), "characters", round(SequenceMatcher(None, text, text[10:]).ratio(), 3))
print(len(text), "characters, autojunk=False", round(SequenceMatcher(None, text, text[10:], autojunk=False).ratio(), 3))
short = text[:199]
print(len(short), "characters", round(SequenceMatcher(None, short, short[10:]).ratio(), 3))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: difflib of $(python3 --version) calls a text and its tail alike by 0.51, because its letters are too frequent"
