"""The READMEs' tables, made from the committed figures: ``python -m tests.tables``.

Figures come from ``docs/evaluation.json`` (``make eval``), ``docs/speed.json`` (``make bench``) and
``docs/peers.json`` (``make bench-peers``); nobody types them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.bench_peers_table import peer_tables
from tests.bench_table import speed_tables
from tests.evaluate_table import tables

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ja.md")


def filled(text: str, block: str, content: str) -> str:
    """A text with what stands between a block's marks replaced."""
    pattern = re.compile(rf"(<!-- {block} -->\n).*?(<!-- /{block} -->)", re.DOTALL)
    return pattern.sub(lambda match: f"{match[1]}{content}\n{match[2]}", text)


def main() -> None:
    """Fill the blocks of both READMEs."""
    quality = json.loads((ROOT / "docs" / "evaluation.json").read_text(encoding="utf-8"))
    speed = json.loads((ROOT / "docs" / "speed.json").read_text(encoding="utf-8"))
    peers = json.loads((ROOT / "docs" / "peers.json").read_text(encoding="utf-8"))
    for name in READMES:
        japanese = name.endswith(".ja.md")
        path = ROOT / name
        text = filled(path.read_text(encoding="utf-8"), "evaluation", tables(quality, japanese=japanese))
        text = filled(text, "speed", speed_tables(speed, japanese=japanese))
        path.write_text(filled(text, "peers", peer_tables(peers, japanese=japanese)), encoding="utf-8")


if __name__ == "__main__":
    main()
