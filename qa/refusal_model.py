"""How likely a question is not answered by the documents: a weighted sum of features, squeezed to 0 to 1.

The weights are those that ``python -m tests.calibrate --fit`` prints: logistic regression over questions of
our own on the sample corpus, two thirds of them; the last third is only reported.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from qa.refusal_features import Features

BIAS = 1.934
WEIGHTS: Mapping[str, float] = {
    "passage": -0.330,
    "form": -1.170,
    "focus_meets": -0.448,
    "near": -1.009,
    "unspoken": 0.567,
    "compounds": 0.725,
    "elsewhere": 1.394,
    "demands": 0.668,
    "asks": 0.453,
    "everyday": -1.020,
    "broad": -1.087,
    "town": 0.114,
    "ordinal": 4.282,
    "fitting": -2.929,
    "foreign": 1.631,
    "demands*form": 0.034,
    "demands*near": -0.883,
    "town*unspoken": 0.237,
}


def terms_of(features: Features) -> dict[str, float]:
    """What is weighed: the features, and some of them together."""
    named = {name: float(getattr(features, name)) for name in Features.__slots__}
    named["demands*form"] = features.demands * features.form
    named["demands*near"] = features.demands * features.near
    named["town*unspoken"] = features.town * features.unspoken
    return named


def likelihood(features: Features) -> float:
    """How likely the question is not answered, 0 to 1."""
    total = BIAS + sum(WEIGHTS[name] * value for name, value in terms_of(features).items())
    return 1 / (1 + math.exp(-total))
