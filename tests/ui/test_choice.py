from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ui.choice
from ui.choice import open_choice

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
    choice = open_choice(choices=["990027"], multiselect=True)
    assert choice.preprocess(sent) == read
    assert not list(Path(ui.choice.__file__).parent.glob("*.pyi"))
