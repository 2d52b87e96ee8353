#!/usr/bin/env bash
# Guess: makers of slugs drop the hard sign and write щ as «shch», so that they differ in details of case only.
# npm slugify 1.6.9 writes ъ as «u», as Bulgarian does, and щ as «sh», as ш; @sindresorhus/slugify 3.0.1 has «ye» and «sch»;
# transliteration 2.6.1 drops ъ and has «shch». An address made by one is
# not found by another. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
npm install --silent --prefix "$work" slugify@1.6.9 @sindresorhus/slugify@3.0.1 transliteration@2.6.1

cat > "$work/seen" <<'SEEN'
объект obuekt obyekt obekt
съёмка suyomka syomka syomka
щука shuka schuka shchuka
шука shuka shuka shuka
эхо eho ekho eho
цирк cirk tsirk cirk
SEEN
cat > "$work/try.mjs" <<'JS'
import slugify from 'slugify'
import sindresorhus from '@sindresorhus/slugify'
import transliteration from 'transliteration'

for (const word of ['объект', 'съёмка', 'щука', 'шука', 'эхо', 'цирк']) {
  console.log(word, slugify(word), sindresorhus(word), transliteration.slugify(word))
}
JS
node "$work/try.mjs" > "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: npm slugify 1.6.9 makes «obuekt» of «объект», and one slug of «щука» and «шука»"
