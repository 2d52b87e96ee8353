#!/usr/bin/env bash
# Guess: before words are compared, the usual normalizers of speech recognition take away what is no word, and no word changes.
# Whisper's makes «№» the Latin word «no» (a compatible form of Unicode, then small letters), tears 3,14 in two numbers, and with its
# option for diacritics turns «йод» into «иод». jiwer's joins what punctuation parted: 3,14 is 314, «кто-нибудь» one word, and «№» stays.
# Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet jiwer==4.0.0 whisper_normalizer==0.1.15

cat > "$work/seen" <<'SEEN'
whisper: дом no 5 кто нибудь взял 3 14 йод
whisper, remove_diacritics: дом no 5 кто нибудь взял 3 14 иод
jiwer: дом № 5 ктонибудь взял 314 йод
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PYTHON'
import jiwer
from whisper_normalizer.basic import BasicTextNormalizer

said = "дом № 5, кто-нибудь взял 3,14 йод"
print("whisper:", BasicTextNormalizer()(said).strip())
print("whisper, remove_diacritics:", BasicTextNormalizer(remove_diacritics=True)(said).strip())
print("jiwer:", jiwer.RemovePunctuation()(said))
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: normalizers write words that nobody said"
