from __future__ import annotations

from typing import Any

import pytest

from ui.choice import Choice

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (["990019", "昔の部署"], ["990019", "昔の部署"]),
        (["990019", 7, None, ["x"]], ["990019"]),
        ("990019", "990019"),
        ({"value": "990019"}, None),
        (None, None),
    ],
)
def test_what_this_server_never_offered_is_taken_as_a_word(sent: Any, read: Any) -> None:
    choice = Choice(choices=["990027"], multiselect=True)
    assert choice.preprocess(sent) == read
    assert choice.get_block_name() == "dropdown"
