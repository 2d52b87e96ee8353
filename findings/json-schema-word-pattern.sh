#!/usr/bin/env bash
# Guess: two validators of JSON Schema agree whether «Мама» matches "^\\w+$" and whether 0.3 is a multiple of 0.1.
# Patterns are «regular expressions of ECMA-262», where \w and \d are ASCII. ajv 8.20.0 does so and rejects «Мама»; jsonschema 4.26.0
# (Python) uses re and accepts it, and an Arabic «٣» for \d; it does not accept \p{L}, which is how ECMA says it. Both deny that
# 0.3 is a multiple of 0.1. Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet jsonschema==4.26.0
npm install --silent --prefix "$work" ajv@8.20.0

cat > "$work/seen" <<'SEEN'
jsonschema ^\w+$ Мама valid
jsonschema ^\d$ ٣ valid
jsonschema ^\p{L}+$ Мама SchemaError
jsonschema 0.1 0.3 ValidationError
ajv ^\w+$ Мама invalid
ajv ^\d$ ٣ invalid
ajv ^\p{L}+$ Мама valid
ajv 0.1 0.3 invalid
SEEN
cat > "$work/cases.json" <<'JSON'
[
  [{ "type": "string", "pattern": "^\\w+$" }, "Мама"],
  [{ "type": "string", "pattern": "^\\d$" }, "٣"],
  [{ "type": "string", "pattern": "^\\p{L}+$" }, "Мама"],
  [{ "type": "number", "multipleOf": 0.1 }, 0.3]
]
JSON
"$work/venv/bin/python" - "$work/cases.json" > "$work/now" <<'PYTHON'
import json
import sys

from jsonschema import SchemaError, ValidationError, validate

for schema, value in json.load(open(sys.argv[1])):
    try:
        validate(value, schema)
        verdict = "valid"
    except (SchemaError, ValidationError) as error:
        verdict = type(error).__name__
    print("jsonschema", schema.get("pattern", schema.get("multipleOf")), value, verdict)
PYTHON
cat > "$work/try.js" <<'JS'
const Ajv = require('ajv')

for (const [schema, value] of require('./cases.json')) {
  console.log('ajv', schema.pattern ?? schema.multipleOf, value, new Ajv().validate(schema, value) ? 'valid' : 'invalid')
}
JS
(cd "$work" && node try.js) >> "$work/now"
diff "$work/seen" "$work/now"
echo "confirmed: «Мама» matches ^\\w+\$ for jsonschema 4.26.0 and not for ajv 8.20.0"
