#!/usr/bin/env bash
# Guess: Moses' tokens of a Russian sentence, put together again by the same library for the same language, are the sentence.
# sacremoses leaves blanks inside of « », loses the one before % that Russian typography asks for, and glues nothing to №. A
# translation that is right letter by letter is so compared, or shown, with another text. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet sacremoses==0.2.0

cat > "$work/seen" <<'SEEN'
False Он сказал: « Да, это № 5 », и т. д.
False Рост — 3,5% (в 2020 г.).
True А. С. Пушкин родился в 1799 г. в Москве.
True Это "кавычки" машинки.
SEEN
"$work/venv/bin/python" - > "$work/now" <<'PYTHON'
from sacremoses import MosesDetokenizer, MosesTokenizer

tokenizer, detokenizer = MosesTokenizer(lang="ru"), MosesDetokenizer(lang="ru")
for text in (
    "Он сказал: «Да, это № 5», и т. д.",
    "Рост — 3,5 % (в 2020 г.).",
    "А. С. Пушкин родился в 1799 г. в Москве.",
    'Это "кавычки" машинки.',
):
    back = detokenizer.detokenize(tokenizer.tokenize(text, escape=False))
    print(back == text, back)
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: blanks inside of « », none before %"
