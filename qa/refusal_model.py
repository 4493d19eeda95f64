"""How likely a question is not answered by the documents: a weighted sum of features, squeezed to 0 to 1.

The weights are those that ``python -m tests.calibrate --fit`` prints: logistic regression over questions of
our own on the sample corpus, two thirds of them; the last third is only reported.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from qa.refusal_features import Features

BIAS = 1.472
WEIGHTS: Mapping[str, float] = {
    "passage": -1.207,
    "form": -1.814,
    "meets": -0.768,
    "focus_meets": -0.842,
    "near": -1.101,
    "unspoken": 2.332,
    "compounds": 0.953,
    "elsewhere": 0.479,
    "demands": 1.379,
    "asks": 0.914,
    "everyday": -0.891,
    "broad": -1.835,
    "town": 0.413,
    "ordinal": 4.785,
    "demands*form": 0.304,
    "demands*near": -1.787,
    "town*unspoken": 2.266,
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
