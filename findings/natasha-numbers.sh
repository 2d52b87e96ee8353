#!/usr/bin/env bash
# Guess: an extractor of sums and dates for Russian knows that a comma begins the decimals, and years of three digits.
# In natasha one or two digits after the comma are decimals; three are a group of thousands: 1,234 млрд рублей is a thousand times what is
# written. A year before 1000 is not a year, and what stands beside it becomes a date of no year; of «12 сент. 2001 г.» the year is all
# that is left. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet natasha==1.6.0 'setuptools<80'

cat > "$work/seen" <<'SEEN'
1,25 рубля: 1.25
1,2 млрд рублей: 1200000000.0
1,234 млрд рублей: 1234000000000
12,345 рублей: 12345
12 сентября 2001 г.: (2001, 9, 12)
12 сент. 2001 г.: (2001, None, None)
3 марта 1988 года: (1988, 3, 3)
3 марта 988 года: (None, 3, 3)
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PYTHON'
from natasha import DatesExtractor, MoneyExtractor, MorphVocab

vocabulary = MorphVocab()
money, dates = MoneyExtractor(vocabulary), DatesExtractor(vocabulary)
for text in ("1,25 рубля", "1,2 млрд рублей", "1,234 млрд рублей", "12,345 рублей"):
    print(f"{text}:", *(match.fact.amount for match in money(text)))
for text in ("12 сентября 2001 г.", "12 сент. 2001 г.", "3 марта 1988 года", "3 марта 988 года"):
    print(f"{text}:", *((match.fact.year, match.fact.month, match.fact.day) for match in dates(text)))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: three digits after a comma are thousands, a year has four digits"
