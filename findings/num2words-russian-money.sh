#!/usr/bin/env bash
# Guess: num2words(2024, lang="ru", to="currency", currency="RUB") says «две тысячи двадцать четыре рубля», and to="year"
# gives the ordinal that Russian years need («две тысячи двадцать четвёртый»).
# num2words 0.5.14: a whole number is taken for kopecks, a float for roubles, so 2024 is twenty roubles and 2024.0 two
# thousand; a year is a cardinal, the ordinal must be asked for. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet num2words==0.5.14

cat > "$work/seen" <<'SEEN'
2024 двадцать рублей, двадцать четыре копейки
2024.0 две тысячи двадцать четыре рубля, ноль копеек
year две тысячи двадцать четыре
ordinal две тысячи двадцать четвёртый
SEEN
"$work/venv/bin/python" > "$work/now" - <<'PYTHON'
from num2words import num2words

for roubles in (2024, 2024.0):
    print(roubles, num2words(roubles, lang="ru", to="currency", currency="RUB"))
for kind in ("year", "ordinal"):
    print(kind, num2words(2024, lang="ru", to=kind))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: num2words 0.5.14 says twenty roubles for the integer 2024 and two thousand for 2024.0"
