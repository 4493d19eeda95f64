"""The figures beside other retrievers as Markdown tables, in English and Japanese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OURS = "Shirube"
FLOORS = ("bare tantivy (MeCab)", "bare FAISS flat")
GIVEN = (
    "The peers are given the question's terms and vector ready made; Shirube reads the question, limits it, "
    "calls up words and reads its hits from the store within its time."
)
GIVEN_JA = (
    "ほかの検索には質問の語とベクトルを作って渡しています。しるべの時間には、質問の読み取り、絞り込み、"
    "言い換え、見つけた箇所の読み出しも入っています。"
)
LOADED = (
    "Load of the machine at the start: {load} (1: every core busy; above it, compare processor time). "
    "Processor time to bare tantivy + bare FAISS: {times:.1f}. "
)
LOADED_JA = (
    "開始時の負荷: {load}（1で全コアが使用中。それを超えるときは CPU 時間を比べてください）。"
    "素の tantivy と素の FAISS の和に対する CPU 時間の比: {times:.1f}。"
)
SETS = {
    "sample": ("sample corpus", "見本の資料"),
    "judged": ("five published plans", "公表された5つの計画"),
}
METRICS = ("nDCG@10", "R@10", "hit@1")
SPEED = (
    ("p50_ms", "median, ms", "中央値（ミリ秒）"),
    ("p95_ms", "95 %, ms", "95%点（ミリ秒）"),
    ("cpu_p50_ms", "processor, ms", "CPU時間（ミリ秒）"),
    ("queries_a_second", "queries a second", "毎秒の検索"),
    ("build_s", "build, s", "索引づくり（秒）"),
    ("cold_start_s", "cold start, s", "起動（秒）"),
    ("peak_mb", "peak memory, MB", "最大メモリー（MB）"),
    ("disk_mb", "disk, MB", "ディスク（MB）"),
)


def quality_lines(quality: Mapping[str, Any], *, japanese: bool) -> list[str]:
    """A line a system, nDCG@10 / R@10 / hit@1 of each set."""
    names = [name for name in SETS if name in quality]
    heads = [f"{SETS[name][japanese]} ({quality[name]['questions']})" for name in names]
    first = "検索" if japanese else "retrieval"
    lines = [f"| {first} | {' | '.join(heads)} |", "|---" * (len(names) + 1) + "|"]
    for system in systems(quality):
        cells = [_measured(quality[name]["systems"].get(system, {}), METRICS) for name in names]
        lines.append(f"| {system} | {' | '.join(cells)} |")
    return lines


def size_lines(size: str, found: Mapping[str, Any], *, japanese: bool) -> list[str]:
    """A line a system at one number of passages."""
    first = f"{int(size):,}か所" if japanese else f"{int(size):,} passages"
    heads = [(japanese_name if japanese else english) for _, english, japanese_name in SPEED]
    lines = [f"| {first} | {' | '.join(heads)} |", "|---" + "|---:" * len(SPEED) + "|"]
    for system in systems({size: found}):
        one = found["systems"][system]
        if "failed" in one:
            cells = [f"{'失敗' if japanese else 'failed'}: {one['failed']}", *[""] * (len(SPEED) - 1)]
        else:
            cells = [_number(one.get(name)) for name, _, _ in SPEED]
        lines.append(f"| {system} | {' | '.join(cells)} |")
    return lines


def systems(parts: Mapping[str, Any]) -> list[str]:
    """The systems in the order in which they were measured, ours first."""
    return list(dict.fromkeys(name for part in parts.values() for name in part["systems"]))


def ratio(found: Mapping[str, Any]) -> float | None:
    """Our processor time to bare tantivy's and bare FAISS's together, medians; None where one is lacking."""
    floors = [found["systems"].get(name, {}).get("cpu_p50_ms") for name in FLOORS]
    own = found["systems"].get(OURS, {}).get("cpu_p50_ms")
    return own / sum(floors) if own and all(floors) else None


def _number(value: float | None) -> str:
    """As many digits as tell something."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _measured(found: Mapping[str, Any], metrics: tuple[str, ...]) -> str:
    if "failed" in found:
        return f"failed: {found['failed']}"
    return " / ".join(f"{found[metric]:.3f}" if metric in found else "" for metric in metrics)


def peer_tables(report: Mapping[str, Any], *, japanese: bool) -> str:
    """What ``docs/peers.md`` and the READMEs show of ``docs/peers.json``."""
    machine = report["machine"]
    where = f"{machine['cores']} cores, {machine['memory_gb']} GB, Python {machine['python']}."
    said = f"{where} Values are {' / '.join(METRICS)}."
    if japanese:
        where = f"{machine['cores']}コア、{machine['memory_gb']}GB、Python {machine['python']}。"
        said = f"{where}値は {' / '.join(METRICS)} です。"
    lines = [said, "", *quality_lines(report["quality"], japanese=japanese)]
    for size, found in report["sizes"].items():
        lines += ["", *size_lines(size, found, japanese=japanese)]
        times = ratio(found)
        if times is not None:
            said, given = (LOADED_JA, GIVEN_JA) if japanese else (LOADED, GIVEN)
            line = said.format(load=found["load"], times=times) + given
            lines += ["", line]
    return "\n".join(lines)
