"""How likely a question is not answered by the documents: a weighted sum of features, squeezed to 0 to 1.

The weights are those that ``python -m tests.calibrate --fit`` prints: logistic regression over questions of
our own on the sample corpus, two thirds of them; the last third is only reported.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from qa.refusal_features import Features

BIAS = 1.928
WEIGHTS: Mapping[str, float] = {
    "passage": -0.346,
    "form": -1.111,
    "focus_meets": -0.428,
    "near": -1.018,
    "unspoken": 0.608,
    "compounds": 0.724,
    "elsewhere": 1.366,
    "demands": 0.682,
    "asks": 0.305,
    "everyday": -0.978,
    "broad": -1.139,
    "town": 0.126,
    "ordinal": 4.309,
    "fitting": -2.966,
    "foreign": 1.649,
    "demands*form": 0.030,
    "demands*near": -0.885,
    "town*unspoken": 0.202,
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
