#!/usr/bin/env bash
# Guess: splitters with rules for Russian know «рис. 5», «т. е.» and «Проф. Иванов», and differ in rare cases only.
# pysbd 0.3.4 (language="ru") cuts «См. рис. 5.» after «рис.» and «Т. е. так.» after «е.»; rusenttokenize 0.0.5 cuts after «е.» and «Проф.»;
# syntok 1.4.4 cuts after «рис.» and «Проф.»; razdel 0.5.0 has these right. Three of them find six sentences in the line below, no two the
# same six. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet pysbd==0.3.4 rusenttokenize==0.0.5 syntok==1.4.4 razdel==0.5.0

cat > "$work/seen" <<'SEEN'
6 pysbd Т. е.|так.|См. рис.|5.|И т. д. и т. п. Проф. Иванов ушёл.|Стоит 5 руб. Дёшево.
8 rusenttokenize Т. е.|так.|См. рис. 5.|И т. д. и т. п.|Проф.|Иванов ушёл.|Стоит 5 руб.|Дёшево.
6 syntok Т. е. так.|См. рис.|5. И т. д. и т. п. Проф.|Иванов ушёл.|Стоит 5 руб.|Дёшево.
6 razdel Т. е. так.|См. рис. 5.|И т. д. и т. п.|Проф. Иванов ушёл.|Стоит 5 руб.|Дёшево.
SEEN
"$work/venv/bin/python" -W ignore > "$work/now" - <<'PYTHON'
from pysbd import Segmenter
from razdel import sentenize
from rusenttokenize import ru_sent_tokenize
from syntok.segmenter import analyze

text = "Т. е. так. См. рис. 5. И т. д. и т. п. Проф. Иванов ушёл. Стоит 5 руб. Дёшево."
show = {
    "pysbd": [it.strip() for it in Segmenter(language="ru", clean=False).segment(text)],
    "rusenttokenize": ru_sent_tokenize(text),
    "syntok": ["".join(it.spacing + it.value for it in part).strip() for paragraph in analyze(text) for part in paragraph],
    "razdel": [it.text for it in sentenize(text)],
}
for name, sentences in show.items():
    print(len(sentences), name, "|".join(sentences))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: pysbd 0.3.4, rusenttokenize 0.0.5, syntok 1.4.4 and razdel 0.5.0 cut one text in four ways, three of them into six sentences"
