"""The gate knows every address that the page has, or what is there could be asked for by nobody."""

from __future__ import annotations

import re

import pytest

from qa.engines import Engines
from ui.gate_rules import is_known
from ui.server import launch_settings

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")]


def test_every_route_of_ours_is_known_to_the_gate(smalls: Engines) -> None:
    routes = launch_settings(smalls, "127.0.0.1", "mark")["app_kwargs"]["routes"]
    paths = [re.sub(r"\{.*?\}", "x", route.path) for route in routes]
    assert {"/peers/near", "/track/link", "/form/read", "/basket/x", "/export/basket.x"} <= set(paths)
    assert [path for path in paths if not is_known(path)] == []
    assert not is_known("/gradio_api/file=/etc/passwd")
