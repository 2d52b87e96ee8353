#!/usr/bin/env bash
# Guess: a library that transliterates both ways gives a Russian word back, perhaps without its hard sign.
# transliterate 1.10.2: the way back puts a CAPITAL soft sign into «мышь», and «сходить» becomes «шодитЬ», «щука» «счука»,
# «эхо» «ехо». cyrtranslit 1.2.0: «йод» comes back as «жод», «шхуна» as «щуна», «сходить» as «шодить».
# Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet transliterate==1.10.2 cyrtranslit==1.2.0

cat > "$work/seen" <<'SEEN'
word transliterate cyrtranslit
мышь мышЬ мышь
объект обЬект объект
сходить шодитЬ шодить
щука счука щука
эхо ехо эхо
шхуна шхуна щуна
йод йод жод
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
import cyrtranslit
from transliterate import translit

print("word transliterate cyrtranslit")
for word in "мышь объект сходить щука эхо шхуна йод".split():
    there_and_back = translit(translit(word, "ru", reversed=True), "ru")
    print(word, there_and_back, cyrtranslit.to_cyrillic(cyrtranslit.to_latin(word, "ru"), "ru"))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: there and back, transliterate 1.10.2 makes «мышЬ» of «мышь», cyrtranslit 1.2.0 «жод» of «йод»"
