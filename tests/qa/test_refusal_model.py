from __future__ import annotations

from dataclasses import fields, replace

import pytest

from qa.refusal_evidence import RefusalConfig
from qa.refusal_features import Features
from qa.refusal_model import WEIGHTS, likelihood, terms_of

MET = Features(
    passage=1.0,
    form=1.0,
    focus_meets=1.0,
    near=1.0,
    unspoken=0.0,
    compounds=0.0,
    elsewhere=0.0,
    demands=1.0,
    asks=1.0,
    everyday=0.0,
    broad=0.0,
    town=1.0,
    ordinal=0.0,
    fitting=0.8,
    foreign=0.0,
)
UNMET = replace(MET, passage=0.5, form=0.0, focus_meets=0.0, near=0.0, unspoken=0.4, fitting=0.0, foreign=0.3)


def test_every_term_has_a_weight() -> None:
    assert set(terms_of(MET)) == set(WEIGHTS)
    assert {field.name for field in fields(Features)} <= set(WEIGHTS)


def test_a_question_that_meets_its_answer_is_not_refused() -> None:
    assert likelihood(MET) < 0.2


def test_a_question_whose_form_is_nowhere_is_refused() -> None:
    assert likelihood(UNMET) > RefusalConfig().refused


@pytest.mark.parametrize("name", ["passage", "form", "focus_meets", "near", "fitting"])
def test_more_evidence_never_makes_a_refusal_likelier(name: str) -> None:
    assert likelihood(replace(UNMET, **{name: 1.0})) < likelihood(UNMET)


@pytest.mark.parametrize("name", ["unspoken", "foreign", "compounds", "ordinal", "elsewhere"])
def test_what_is_lacking_makes_a_refusal_likelier(name: str) -> None:
    assert likelihood(replace(MET, **{name: 1.0})) > likelihood(MET)
