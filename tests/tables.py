"""The READMEs' tables, made from the committed figures: ``python -m tests.tables``.

Figures come from ``docs/evaluation.json`` (``python -m tests.evaluate --out``) and ``docs/speed.json``
(``python -m tests.bench --out``); nobody types them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.evaluate import read_means, table

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ja.md")
SPEED = (
    ("ingest_and_index_s", "ingest and index, s", "取り込みと索引づくり（秒）"),
    (
        "ask_in_process_ms_median",
        "a question in a running process, median ms",
        "起動中の質問、中央値（ミリ秒）",
    ),
    ("ask_in_process_ms_p95", "the same, 95th percentile", "同、95パーセント点（ミリ秒）"),
    (
        "ask_new_process_s_median",
        "`shirube ask` as a new process, s",
        "`shirube ask` を1回、新しいプロセスで（秒）",
    ),
    ("server_resident_mb", "server's resident memory, MB", "画面のサーバーの常駐メモリー（MB）"),
    ("library_mb", "library on disk, MB", "ライブラリの大きさ（MB）"),
)


def speed_table(speed: dict[str, Any], *, japanese: bool) -> str:
    """Machine and figures as a Markdown table."""
    machine = speed["machine"]
    where = f"{machine['cores']} cores, {machine['memory_gb']} GB, Python {machine['python']}"
    what = f"{speed['documents']} documents, {speed['passages']:,} passages"
    if japanese:
        where = f"{machine['cores']}コア、{machine['memory_gb']}GB、Python {machine['python']}"
        what = f"{speed['documents']}文書、{speed['passages']:,}か所"
    lines = [f"| {where} | {what} |", "|---|---:|"]
    lines += [f"| {ja if japanese else en} | {speed[name]} |" for name, en, ja in SPEED]
    return "\n".join(lines)


def filled(text: str, block: str, content: str) -> str:
    """A text with what stands between a block's marks replaced."""
    pattern = re.compile(rf"(<!-- {block} -->\n).*?(<!-- /{block} -->)", re.DOTALL)
    return pattern.sub(lambda match: f"{match[1]}{content}\n{match[2]}", text)


def main() -> None:
    """Fill the blocks of both READMEs."""
    means = read_means(ROOT / "docs" / "evaluation.json")
    speed = json.loads((ROOT / "docs" / "speed.json").read_text(encoding="utf-8"))
    for name in READMES:
        path = ROOT / name
        text = filled(path.read_text(encoding="utf-8"), "evaluation", table(means))
        text = filled(text, "speed", speed_table(speed, japanese=name.endswith(".ja.md")))
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
