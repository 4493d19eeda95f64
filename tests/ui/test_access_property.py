"""Whatever users, groups, documents and questions there are: what may not be seen leaves no trace anywhere.

A person who may see some documents of a library is shown, on every path and to the last character, what they
would be shown if the library held these documents and no others: hits, scores, counts, suggestions, refusals,
files. That is more than that no hidden word appears, which is looked at as well.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.access import INTERNAL, OPERATOR, PUBLIC, Access, member
from tests.ui.every_path import shown
from tests.ui.make_access import KINDS, TOPICS, TOWNS, Builder, Made
from ui.viewer import Role, Viewer

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:starlette"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio"),
    # Event loops of starlette's test client, which Gradio's import lets live until they are collected.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    # A drop-down of several that is set to none: Gradio's own check does not know of these.
    pytest.mark.filterwarnings("ignore:The value passed into gr.Dropdown:UserWarning"),
]
EXAMPLES = int(os.environ.get("SHIRUBE_ACCESS_EXAMPLES", "5"))
GROUPS = ("人事課", "財政課", "防災室")
ACCESSES = st.one_of(
    st.sampled_from((PUBLIC, INTERNAL)),
    st.sets(st.sampled_from(GROUPS), min_size=1, max_size=2).map(Access.limited_to),
)
VIEWERS = st.builds(
    lambda role, is_inside, groups: Viewer(
        name="shirabe",
        role=role,
        audience=member(is_inside=is_inside, groups=groups),
        groups=tuple(sorted(groups)),
    ),
    st.sampled_from((Role.READER, Role.EDITOR)),
    st.booleans(),
    st.sets(st.sampled_from(GROUPS), max_size=2),
)


@st.composite
def libraries(draw: st.DrawFn) -> list[Made]:
    count = draw(st.integers(2, 7))
    return [
        Made(
            mark=f"ZQ{chr(65 + number)}X",
            town=draw(st.sampled_from(sorted(TOWNS))),
            topic=draw(st.integers(0, len(TOPICS) - 1)),
            year=draw(st.integers(2021, 2024)),
            kind=draw(st.integers(0, len(KINDS) - 1)),
            access=draw(ACCESSES),
        )
        for number in range(count)
    ]


def queries(documents: Sequence[Made]) -> st.SearchStrategy[str]:
    """Topics; a hidden document's own words; a town with a year."""
    own = [one for made in documents for one in (made.title, f"{made.mark}参加者数", f"略{made.mark}の取組")]
    places = [f"{TOWNS[made.town]}の令和{made.year - 2018}年度の{TOPICS[made.topic]}" for made in documents]
    return st.sampled_from([*TOPICS, *own, *places, "△の取組", f"「{documents[0].mark}相談」"])


@pytest.fixture(scope="module")
def builder() -> Builder:
    return Builder()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_hidden_leaves_a_trace_on_any_path(builder: Builder, data: st.DataObject) -> None:
    documents = data.draw(libraries())
    viewer = data.draw(VIEWERS)
    asked = data.draw(st.lists(queries(documents), min_size=2, max_size=2, unique=True))
    seen = [one for one in documents if viewer.audience.may_see(one.access)]
    hidden = [one for one in documents if one not in seen]
    with tempfile.TemporaryDirectory() as folder:
        whole, part = Path(folder) / "whole", Path(folder) / "part"
        all_of_it, rest = builder.library(whole, documents), builder.library(part, seen)
        for query in asked:
            found = shown(all_of_it, viewer, query, documents, whole)
            expected = shown(rest, viewer, query, documents, part)
            for path, text in found.items():
                assert text == expected[path], f"{path}: {query}"
                told = [one.mark for one in hidden if one.mark in text and one.mark not in query]
                assert not told or "limited" in path, f"{path}: {query}: {told}"


def test_the_paths_do_show_what_may_be_seen(builder: Builder, tmp_path: Path) -> None:
    """Or the test above could not fail."""
    documents = [
        Made(mark="ZQAX", town="990019", topic=0, year=2024, kind=0, access=INTERNAL),
        Made(mark="ZQBX", town="990027", topic=0, year=2023, kind=1, access=Access.limited_to(["人事課"])),
    ]
    engines = builder.library(tmp_path, documents)
    manager = Viewer(name="kanri", role=Role.ADMIN, audience=OPERATOR)
    outsider = Viewer(name="soto", role=Role.READER, audience=member(is_inside=False, groups=()))
    everything = shown(engines, manager, TOPICS[0], documents, tmp_path)
    nothing = shown(engines, outsider, TOPICS[0], documents, tmp_path)
    for path, text in everything.items():
        if "limited" in path or path.startswith("form read"):  # a form is the sender's own
            continue
        if path.startswith(("view", "peers")):
            # A text has no pictures, and says so only to who may know of it; of peers the towns are told.
            assert text != nothing[path], path
            continue
        assert "ZQAX" in text or "ZQBX" in text, path
        assert text != nothing[path], path
