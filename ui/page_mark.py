"""A mark of the page that a server serves, and the refusal of what an older page sends.

Gradio's browser side names what it asks for by numbers. Of a page that was opened before the program was
renewed they may mean another button, so such a page is told to be opened anew. A server that was merely
started again has the same mark, and the pages that are open go on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

HEADER = "x-shirube-page"
OLD_PAGE = (
    "システムが新しくなりました。下書きは保存するかコピーしてから、画面を開き直してください。"
    "入力した内容は、開き直すまでこの画面に残っています。"
)


def page_mark(config: Mapping[str, Any]) -> str:
    """A mark that is equal where the numbers mean the same.

    Args:
        config: of the page, as Gradio gives it to browsers.
    """
    components = [(one["id"], one["type"], one["props"].get("elem_id")) for one in config["components"]]
    events = [
        [one[name] for name in ("id", "targets", "inputs", "outputs")] for one in config["dependencies"]
    ]
    told = json.dumps([components, events], default=str, sort_keys=True)
    return sha256(told.encode()).hexdigest()[:16]
