"""What a question of when asks the date of, and by which words plans say it: 開く is 供用開始 or 開設.

Apart from finding dates, because a sentence that tells a plan's course dates many deeds: 「令和3年度に構想を
策定し、令和8年度の供用開始を目指す」 answers when it opens by the second of them alone.
"""

from __future__ import annotations

import re

from qa.question_kind import Asked

_DEEDS: tuple[tuple[str, str], ...] = (
    (
        r"開[くいけか]|オープン|使え|利用でき",
        "供用|開設|開所|開館|開業|開院|開校|開園|開店|開催|開い|開け|オープン|(?:利用|使用|運用)(?:を)?開始",
    ),
    (r"始[めま]|開始|スタート", "開始|始め|始ま|スタート|着手|導入|開設|供用|施行"),
    (r"終[わえ]|完了|終了", "完了|終了|終え|終わ|完成"),
    (r"完成|でき(?:あが|上が)|建[つっち]", "完成|竣工|しゅん工|完了|供用"),
    (r"やめ|廃止|なくな|閉[じまめ]", "廃止|終了|やめ|取りやめ|閉"),
    (r"変わ|変え|改[めま]|改定", "改定|改正|変更|見直し"),
)
"""How a question says what was done, and how plans say it."""

_BEFORE = re.compile(
    r"(?P<said>[^、。はがをにで]{1,8}(?=の|ん)|(?:開[始所館業設校園通]|完了|完成|終了|廃止|改定))"
    r"(?:の|ん)?(?:は|って)[、,]? *$"
)
"""「…が開くのはいつか」, 「…の開始はいつ」: what is dated stands before the asking word."""

NEAR = 18
"""How far behind a date, in characters of its clause, the deed may begin that it dates."""


def deed_of(asked: Asked) -> re.Pattern[str] | None:
    """The words by which plans say the deed whose date is asked for, None where it is none of those known."""
    before = _BEFORE.search(asked.beside.split(" ")[0])
    said = f"{before['said'] if before else ''} {asked.after}"
    given = next((words for asks, words in _DEEDS if re.search(asks, said)), None)
    return re.compile(given) if given is not None else None


def dates_deed(text: str, end: int, deed: re.Pattern[str]) -> bool:
    """Whether a date that ends at a place of a folded sentence is that of a deed."""
    clause = re.split(r"[、。]", text[end:].lstrip(), maxsplit=1)[0]
    found = deed.search(clause)
    return found is not None and found.start() <= NEAR
