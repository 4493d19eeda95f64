"""How likely a question is not answered by the documents: a weighted sum of features, squeezed to 0 to 1.

The weights are those that ``python -m tests.calibrate --fit`` prints: logistic regression over questions of
our own on the sample corpus, two thirds of them; the last third is only reported.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from qa.refusal_features import Features

BIAS = 1.365
WEIGHTS: Mapping[str, float] = {
    "passage": -1.070,
    "form": -1.817,
    "meets": -0.801,
    "focus_meets": -0.882,
    "near": -1.102,
    "unspoken": 2.570,
    "compounds": 0.838,
    "elsewhere": 0.503,
    "demands": 1.465,
    "asks": 0.840,
    "everyday": -0.862,
    "broad": -1.785,
    "town": 0.454,
    "ordinal": 4.824,
    "demands*form": 0.398,
    "demands*near": -1.862,
    "town*unspoken": 2.389,
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
