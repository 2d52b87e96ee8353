#!/usr/bin/env bash
# Guess: a stress mark (U+0301) on a vowel leaves a word one word: «за́мок» is «замок», or a word of its own.
# In Python's re a combining mark is no \w, so CountVectorizer of scikit-learn 1.9.1 counts «за» and «мок», and default_process of
# rapidfuzz 3.14.6 writes a space there. Rust's regex takes marks for letters, so Whitespace of tokenizers 0.23.3 keeps the word, but
# UnicodeScripts cuts it in three. pymorphy3 2.0.6 invents the verb «за́мокнуть». Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet scikit-learn==1.9.1 rapidfuzz==3.14.6 tokenizers==0.23.3 pymorphy3==2.0.6 pymorphy3-dicts-ru==2.4.417150.4580142

cat > "$work/seen" <<'SEEN'
CountVectorizer за мок
rapidfuzz за мок
Whitespace за́мок
UnicodeScripts за ́ мок
pymorphy3 за́мокнуть
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import pymorphy3
from rapidfuzz.utils import default_process
from sklearn.feature_extraction.text import CountVectorizer
from tokenizers import pre_tokenizers

word = "за\u0301мок"
print("CountVectorizer", *CountVectorizer().fit([word]).get_feature_names_out())
print("rapidfuzz", default_process(word))
for name in ("Whitespace", "UnicodeScripts"):
    print(name, *(piece for piece, _ in getattr(pre_tokenizers, name)().pre_tokenize_str(word)))
print("pymorphy3", pymorphy3.MorphAnalyzer().parse(word)[0].normal_form)
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: scikit-learn 1.9.1 and rapidfuzz 3.14.6 cut «за́мок» at its stress mark"
