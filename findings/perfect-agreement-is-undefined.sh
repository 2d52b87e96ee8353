#!/usr/bin/env bash
# Guess: two annotators who gave every item the same label agree perfectly, so chance-corrected agreement is 1; or, as chance explains it
# all (0/0), every library says that it is not a number.
# One definition, three answers: 1 (nltk), nan (scikit-learn, statsmodels), an error (krippendorff; simpledorff divides by zero). irrCAC
# divides by zero for five items and says 1 for six, by how a share was rounded. On other labels all give the same number. Seen on 2026-12-01: the lines below.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet scikit-learn==1.9.1 nltk==3.10.4 statsmodels==0.15.0 krippendorff==0.9.0 irrCAC==0.4.4 \
    simpledorff==0.0.2 numpy==1.26.4 pandas==2.3.3

cat > "$work/seen" <<'SEEN'
da da da da da: kappa: scikit-learn nan, nltk 1.000, statsmodels nan
da da da da da: alpha: krippendorff ValueError, nltk 1.000, irrCAC ZeroDivisionError, simpledorff ZeroDivisionError
da da da da da da: kappa: scikit-learn nan, nltk 1.000, statsmodels nan
da da da da da da: alpha: krippendorff ValueError, nltk 1.000, irrCAC 1.000, simpledorff ZeroDivisionError
da da net net da net: kappa: scikit-learn 0.667, nltk 0.667, statsmodels 0.667
da da net net da net: alpha: krippendorff 0.686, nltk 0.686, irrCAC 0.686, simpledorff 0.686
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PYTHON'
import krippendorff
import numpy
import pandas
import simpledorff
from irrCAC.raw import CAC
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

def said(name, agreement):
    try:
        return f"{name} {float(agreement()):.3f}"
    except Exception as error:
        return f"{name} {type(error).__name__}"

def table(one, two):
    return numpy.array([[sum(pair == (a, b) for pair in zip(one, two)) for b in ("da", "net")] for a in ("da", "net")])

for one, two in ((["da"] * 5, ["da"] * 5), (["da"] * 6, ["da"] * 6), ("da da net net da net".split(), "da da net net da da".split())):
    rows = [(who, item, label) for who, labels in (("a", one), ("b", two)) for item, label in enumerate(labels)]
    task = AnnotationTask(data=rows)
    frame = pandas.DataFrame(rows, columns=["annotator_id", "document_id", "annotation"])
    kappas = [said("scikit-learn", lambda: cohen_kappa_score(one, two)), said("nltk", task.kappa),
              said("statsmodels", lambda: cohens_kappa(table(one, two)).kappa)]
    code = lambda labels: [int(label == "da") for label in labels]
    alphas = [said("krippendorff", lambda: krippendorff.alpha([code(one), code(two)], level_of_measurement="nominal")),
              said("nltk", task.alpha),
              said("irrCAC", lambda: CAC(pandas.DataFrame({"a": one, "b": two})).krippendorff()["est"]["coefficient_value"]),
              said("simpledorff", lambda: simpledorff.calculate_krippendorffs_alpha_for_df(
                  frame, experiment_col="document_id", annotator_col="annotator_id", class_col="annotation"))]
    print(f"{' '.join(one)}: kappa: {', '.join(kappas)}")
    print(f"{' '.join(one)}: alpha: {', '.join(alphas)}")
PYTHON
diff "$work/seen" "$work/now"
echo "confirmed: perfect agreement on one label is 1, not a number, or an error"
