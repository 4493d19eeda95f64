"""A document's warnings say each thing once."""

from ingest.layouts.said_once import said_once


def test_lines_of_one_sentence_are_named_together() -> None:
    many = [f"{line}行目: 見出しがありません。" for line in range(3, 12)]
    assert said_once(["2行目: 列の数が違います。", *many, "全体の注意。", "9行目: 列の数が違います。"]) == (
        "2・9行目: 列の数が違います。",
        "3・4・5・6・7行目ほか4か所: 見出しがありません。",
        "全体の注意。",
    )
