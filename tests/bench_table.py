"""The figures of speed as Markdown tables, in English and Japanese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SAMPLE = (
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
SIZES = (
    ("search_ms", "search, ms", "検索（ミリ秒）"),
    (
        "hybrid_ms",
        "of it, retrieval: words and meaning fused, ms",
        "うち検索エンジン（語と意味の融合、ミリ秒）",
    ),
    ("ask_ms", "ask, ms", "質問と答え（ミリ秒）"),
    ("bare_tantivy_ms", "bare tantivy, top 50, ms", "素の tantivy、上位50（ミリ秒）"),
    ("bare_faiss_ms", "bare FAISS flat, top 50, ms", "素の FAISS 総当たり、上位50（ミリ秒）"),
    (
        "hybrid_to_bare",
        "retrieval beside the two bare engines added up",
        "検索エンジン、素の二つの合計に対する比",
    ),
    ("search_to_bare", "the whole search beside them", "検索全体、同じく"),
    (
        "dense_recall",
        "recall@100 of the vectors' index beside flat",
        "ベクトル索引の再現率@100（総当たり比）",
    ),
    ("index_s", "building the index, s", "索引づくり（秒）"),
    ("open_s", "opening the library, s", "ライブラリを開く（秒）"),
    ("building_peak_mb", "peak memory while building, MB", "索引づくり中の最大メモリー（MB）"),
    ("asking_peak_mb", "peak memory while asking, MB", "質問中の最大メモリー（MB）"),
    ("library_mb", "library on disk, MB", "ライブラリの大きさ（MB）"),
    ("load", "load of the machine at the start (1: every core busy)", "開始時の負荷（1で全コアが使用中）"),
)
MADE = (
    (
        "Made of the sample corpus: sentences and cells swapped among passages of one kind, towns renamed to "
        "made-up ones. Its words stay those of the samples, so each word is met by very many passages."
    ),
    (
        "見本の資料の文とセルを同じ種類の箇所どうしで入れ替え、架空の自治体名に変えて作った箇所です。"
        "語は見本のままなので、一つの語に当たる箇所がとても多くなります。"
    ),
)


def sample_lines(speed: Mapping[str, Any], *, japanese: bool) -> list[str]:
    """Machine and figures over the sample corpus."""
    machine = speed["machine"]
    where = f"{machine['cores']} cores, {machine['memory_gb']} GB, Python {machine['python']}"
    what = f"{speed['documents']} documents, {speed['passages']:,} passages"
    if japanese:
        where = f"{machine['cores']}コア、{machine['memory_gb']}GB、Python {machine['python']}"
        what = f"{speed['documents']}文書、{speed['passages']:,}か所"
    lines = [f"| {where} | {what} |", "|---|---:|"]
    return lines + [f"| {ja if japanese else en} | {speed[name]} |" for name, en, ja in SAMPLE]


def size_lines(sizes: Mapping[str, Any], *, japanese: bool) -> list[str]:
    """The figures by number of passages, a column a size; times as median and 95th percentile."""
    columns = [f"{int(size):,} {'か所' if japanese else 'passages'}" for size in sizes]
    head = "再構成した見本、中央値 / 95%点" if japanese else "recombined sample, median / 95th percentile"
    lines = [f"| {head} | {' | '.join(columns)} |", "|---" + "|---:" * len(columns) + "|"]
    for name, english, japanese_name in SIZES:
        cells = [_cell(one.get(name, "")) for one in sizes.values()]
        lines.append(f"| {japanese_name if japanese else english} | {' | '.join(cells)} |")
    return lines


def _cell(value: float | str | Mapping[str, float]) -> str:
    if isinstance(value, Mapping):
        return f"{value['median']} / {value['p95']}"
    return f"{value}"


def speed_tables(speed: Mapping[str, Any], *, japanese: bool) -> str:
    """What the README shows of ``docs/speed.json``."""
    lines = sample_lines(speed, japanese=japanese)
    if speed.get("sizes"):
        lines += ["", *size_lines(speed["sizes"], japanese=japanese), "", MADE[japanese]]
    return "\n".join(lines)
