"""How likely a question is not answered by the documents: a weighted sum of features, squeezed to 0 to 1.

The weights are those that ``python -m tests.calibrate --fit`` prints: logistic regression over questions of
our own on the sample corpus, two thirds of them; the last third is only reported.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from qa.refusal_features import Features

BIAS = 1.12
WEIGHTS: Mapping[str, float] = {
    "passage": -0.57,
    "form": -1.52,
    "focus_meets": -0.71,
    "near": -1.0,
    "unspoken": 1.35,
    "compounds": 0.64,
    "elsewhere": 1.79,
    "demands": 1.34,
    "asks": 0.8,
    "everyday": -1.01,
    "broad": -1.7,
    "town": 0.02,
    "ordinal": 5.02,
    "fitting": -1.65,
    "foreign": 1.99,
    "demands*form": 0.39,
    "demands*near": -1.93,
    "town*unspoken": 1.65,
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
