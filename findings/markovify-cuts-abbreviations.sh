#!/usr/bin/env bash
# Guess: a generator by Markov chains begins a new sentence only where a capital letter follows the full stop, so «в 1900 г. и далее»
# stays one.
# markovify looks whether a small letter follows, and knows Latin ones only: a Russian text is cut at every «г.», «т. д.», «им.».
# The pieces are learnt as beginnings and ends of sentences. Its list of abbreviations is English. A sentence with brackets is left
# out without a word. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet markovify==0.9.4

cat > "$work/seen" <<'SEEN'
en: He came ca. noon and so on.| She left.
ru: Он жил в г.| москве и т.| д.| до 1900 г.| и позже.| Она ушла.
learnt: Простое предложение из пяти слов.
SEEN
"$work/venv/bin/python" - > "$work/now" <<'PYTHON'
import markovify
from markovify.splitters import split_into_sentences

print("en:", "| ".join(split_into_sentences("He came ca. noon and so on. She left.")))
print("ru:", "| ".join(split_into_sentences("Он жил в г. москве и т. д. до 1900 г. и позже. Она ушла.")))
text = markovify.Text("Она (как всегда) промолчала весь вечер. Простое предложение из пяти слов.")
print("learnt:", *[" ".join(sentence) for sentence in text.parsed_sentences])
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: a Russian text is cut before small letters"
