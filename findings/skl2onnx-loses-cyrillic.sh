#!/usr/bin/env bash
# Guess: a scikit-learn pipeline of CountVectorizer and LogisticRegression gives the same probabilities after export to ONNX.
# skl2onnx 1.20.0 with scikit-learn 1.9.1 replaces the default token pattern by [a-zA-Z0-9_]+, and onnxruntime 1.32.0 takes \w of a written
# one for ASCII (RE2), so every Russian text has no token and every prediction is the intercept. With
# token_pattern="[а-яёa-z]+" the two agree. (lowercase=False, as the operator that lower-cases needs a locale of the system.)
# Seen on 2026-11-30: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet scikit-learn==1.9.1 skl2onnx==1.20.0 onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6

cat > "$work/seen" <<'SEEN'
(?u)\b\w\w+\b хороший фильм: sklearn 0.707 onnx 0.500
(?u)\b\w\w+\b good film: sklearn 0.663 onnx 0.663
\w+ хороший фильм: sklearn 0.707 onnx 0.500
\w+ good film: sklearn 0.663 onnx 0.663
[а-яёa-z]+ хороший фильм: sklearn 0.707 onnx 0.707
[а-яёa-z]+ good film: sklearn 0.663 onnx 0.663
SEEN
"$work/venv/bin/python" -W ignore > "$work/now" - <<'PYTHON'
import numpy as np
import onnxruntime
from skl2onnx import to_onnx
from skl2onnx.common.data_types import StringTensorType
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

texts = ["хороший фильм", "плохое кино", "отличный фильм", "ужасное кино", "good film", "bad movie"]
for pattern in (r"(?u)\b\w\w+\b", r"\w+", "[а-яёa-z]+"):
    model = make_pipeline(CountVectorizer(lowercase=False, token_pattern=pattern), LogisticRegression())
    model.fit(texts, [1, 0, 1, 0, 1, 0])
    options = {"initial_types": [("text", StringTensorType([None, 1]))], "options": {"zipmap": False}, "target_opset": 17}
    session = onnxruntime.InferenceSession(to_onnx(model, **options).SerializeToString(), providers=["CPUExecutionProvider"])
    for text in ("хороший фильм", "good film"):
        theirs = session.run(None, {"text": np.array([[text]])})[1]
        print(f"{pattern} {text}: sklearn {model.predict_proba([text])[0, 1]:.3f} onnx {theirs[0, 1]:.3f}")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: exported by skl2onnx 1.20.0, a model of Russian words answers with its intercept"
