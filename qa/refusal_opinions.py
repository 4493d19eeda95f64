"""Questions that no plan answers whatever it holds: for an opinion, advice, the law, the weather."""

from __future__ import annotations

import re

from corpus.folding import fold
from qa.refusal_evidence import Case

_OPINION = re.compile(
    r"(?:と|どう)(?:思い|考え)ますか|あなた(?:の|は)|べき(?:です|でしょう|だと)"
    r"|(?:が|の方が|ほうが)(?:良い|よい|いい)(?:です|でしょう|と|か)|おすすめ|お勧め|助言|アドバイス"
    r"|どうすれば(?:よ|良|い)|したらよいですか|メリットとデメリット"
)
_LAW = re.compile(
    r"違法|適法|合法|違反して(?:い(?:る|ませ|ない)|ま)|法律上|法では|法の規定|判例|不服申立て|審査請求"
)
_ELSEWHERE = re.compile(
    r"(?:今日|明日|明後日|来週|週末|今週)の.{0,12}(?:天気|気温|降水|株価|ニュース|為替)"
    r"|天気(?:予報|は|$)|気温(?:は|$)"
)
_SAID = (
    (_OPINION, "お尋ねは意見や助言を求めるもので、資料の記載からは答えられません。"),
    (_LAW, "お尋ねは法令の解釈に関するもので、計画などの資料からは答えられません。"),
    (_ELSEWHERE, "お尋ねの内容は、計画などの資料に書かれるものではありません。"),
)


def opinion_reason(case: Case) -> str | None:
    """Why a question is not one for documents, None if it may be; a thing that they name is never one."""
    text = fold(case.question).text
    for asked, said in _SAID:
        found = asked.search(text)
        if found and not any(found[0] in fold(hit.passage.text).text for hit in case.found.hits):
            return said
    return None
