"""How likely a question is not answered by the documents: a weighted sum of features, squeezed to 0 to 1.

The weights are those that ``python -m tests.calibrate --fit`` prints: logistic regression over questions of
our own on the sample corpus, two thirds of them; the last third is only reported.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from qa.refusal_features import Features

BIAS = 1.638
WEIGHTS: Mapping[str, float] = {
    "passage": -0.962,
    "form": -1.306,
    "focus_meets": -0.851,
    "near": -1.020,
    "unspoken": 1.213,
    "compounds": 0.693,
    "elsewhere": 0.591,
    "demands": 1.032,
    "asks": 0.792,
    "everyday": -0.675,
    "broad": -1.243,
    "town": 0.295,
    "ordinal": 4.089,
    "fitting": -2.059,
    "foreign": 1.713,
    "demands*form": 0.265,
    "demands*near": -1.273,
    "town*unspoken": 1.555,
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
