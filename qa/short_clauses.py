"""The shortest run of clauses that answers: for reasons, ways, states and whatever has no name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.span import Span
from qa.question_kind import QuestionKind
from qa.short_candidate import Candidate
from qa.short_sections import Part, part_of
from qa.short_statements import Statement
from qa.short_topic import Topic

LONGEST = 110
LONGEST_REASON = 100
STATEMENTS_READ = 8
REASONS_READ = 18
BONUS = 0.25
STILL_FOLLOWS = 0.7
SHORTEST_UNSAID = 8  # 「しかし、」 is no reason
NOTHING_FOLLOWS = 0.2
"""Less of the topic behind a reason than so much of that in it: the reason is the topic itself."""

ABOUT = 0.8
"""From this score on a sentence may hold the reason without saying so."""

FAR_AHEAD = 0.4
"""How much more such a sentence must speak of what was asked than the best that says why."""

WINDOW_COST = 0.001

_LIST_MARK = re.compile(
    r"(?:[・●○◆■\-、。\s]|[①-⑳]|\d{1,2} (?=\D)|\(\d+\) ?|※\d* ?|《[^》]*》|〈[^〉]*〉(?=.)|\[[^\]]*\](?=.))*"
)
_CONJUNCTION = re.compile(
    r"(?:また|さらに|更に|なお|そのため|このため|その後|その結果|しかし(?:ながら)?|一方(?:で)?|そして|そこで|加えて|あわせて|併せて"
    r"|ただし|特に|次に|したがって|よって)、(?=.)"
)
"""What joins a sentence to the one before it: an answer that stands alone begins behind it."""

_OPENING, _CLOSING = "「『(〔[【〈", "」』)〕]】〉"
_REASON_END = re.compile(
    r"(?:の|た|い|る|な)?ため(?!池)(?!に(?:は|必)|の(?!も))(?:である|です|であり|に)?|(?:こと|影響|都合|理由|要因|原因|事情|状況|不足|遅れ)(?:から|により|によ[るり]|で(?=、)|が(?:要因|原因|理由))"
    r"|により|による|によって|ので|(?:都合|影響|関係|事情)(?:で|を受け|し)|(?:が|と)(?:分か|判明し)(?=[りっ])|(?:が|の)[^、。]{0,8}(?:原因|理由|要因)|ことから|に伴い|に伴う|(?:おかげ|せい)で|からである|影響も?あ[りっ]|(?:影響|状況|事情|情勢|こと|[減増]額|要望|指摘|提言|廃止|改正)等?を?(?:大きく)?(?:受け|考慮し|踏まえ|に鑑み)"
)
_REASON_TOLD = re.compile(r"(?:理由|原因|要因|背景)(?:として|には?)、?(?P<why>.+)")
_REASON_ONLY = re.compile(r"(?:のは|理由は|原因は|要因は|背景には?)[、,]?(?P<why>.+)")
_CAUSED = re.compile(r"こと(?:で|により)(?=、)")
_BY = ("より", "よる", "よって")
_PUT_OFF = re.compile(
    r"(?:延期|中止|休止|休館|休園|停止|見送|見合わせ|先送り|取りやめ|断念|凍結|後ろ倒し|廃止|とどま|遅れ|下回|(?:届か|及ば|至ら|達しな|達してい?な))[^、。]*$"
)
"""A clause that says what did not come about: 「公開を休止しています」."""

_GOES_ON = re.compile(r"(?<!であり)(?:(?<=[いきしちみりぎびれせけてめべえく])|(?<=んで))、$")
"""The end of a clause in its continuative form, 「亀裂が入り、」: before what was put off it says why."""

_WHY_HEADER = re.compile(r"^(?!.*(?:今後|予定)).*(?:理由|原因|要因)(?:等|・内容)?$")
"""A column under which sentences say why without a word for it."""

_TROUBLE = re.compile(
    r"ない|なく|少な|にくい|難し|困難|不足|遅れ|減少|減っ|増加|増え|高騰|中止|老朽|偏っ|とどま|必要が"
)
_LABEL = re.compile(r"内容|内訳|目的|対象|条件|役割|特徴|手順|構成|主な|理由")
_ONLY_WHY = re.compile(
    r"(?:ため|から|こと|影響|原因|要因|理由|による(?:もの)?)(?:である|です|であった|でした|による)?。?$"
)
_MARKS: dict[QuestionKind, re.Pattern[str]] = {
    QuestionKind.METHOD: re.compile(
        r"により|によって|を通じ|を活用|を用い|を使|を利用|方法|で(?:周知|受け|実施|行)|にて|し、"
    ),
    QuestionKind.DEFINITION: re.compile(
        r"という|といい|をいう|をいい|とは|です|制度|仕組み|もの|として|を行う|を指"
    ),
    QuestionKind.STATUS: re.compile(
        r"(?:た|る|い|す|ない|なかった|きない|である|した|なった)[。]?$|見込|予定|達成|上回|下回|遅れ|難し|完了"
    ),
}


def reason_candidate(found: Sequence[Statement], topic: Topic) -> Candidate | None:
    """The clause that says why, of the statement that speaks most of what was asked.

    Where none says why, the first one does that speaks of nearly all of it: 「不採択となり、延期した」.
    """
    best: Candidate | None = None
    sentences = [one for one in _sentences(found, REASONS_READ) if not _tells_effect(one, topic)]
    for one in sentences:
        span = _fullest(one, topic, list(_reasons(one.text))) or _unsaid(one)
        if span is not None and _is_by_means(span.of(one.text)) and part_of(one.place) is Part.PLAN:
            span = None  # what is planned is done by some means
        score = one.score + (_weight(one.text, span) if span else -BONUS)
        if span is None and not _TROUBLE.search(one.text):
            continue
        if best is None or score > best.score:
            shown = span or best_window(one, topic, LONGEST)
            best = Candidate(text=one.said(shown.start, shown.end), hit=one.hit, score=score, year=one.year)
    first = next((one for one in sentences if "、" in one.text or _TROUBLE.search(one.text)), None)
    if first is None or first.score < ABOUT or (best is not None and first.score - best.score < FAR_AHEAD):
        return best
    shown = best_window(first, topic, LONGEST)
    return Candidate(
        text=first.said(shown.start, shown.end), hit=first.hit, score=first.score, year=first.year
    )


def _weight(text: str, span: Span) -> float:
    """How sure a reason is: 「により」 often names a means, while 「ためである」 says only why."""
    said = span.of(text)
    if said.endswith(_BY) or not any(True for _ in _reasons(text)):
        return BONUS * 0.6
    return BONUS * (1.3 if _ONLY_WHY.search(text) else 1.0)


_NAME_OF_MEASURE = re.compile(r"[数率額量](?:\([^()]*\))*$")
"""The name of a measure, which tells nothing that is done: 「新たに移った人の数(累計)」."""


def clause_candidate(
    kind: QuestionKind,
    found: Sequence[Statement],
    topic: Topic,
    term: str = "",
    question: str = "",
    focus: str = "",
) -> Candidate | None:
    """The clauses that hold most of what was asked, of the statement that fits the kind best.

    Args:
        kind: what is asked for.
        found: the statements, best first.
        topic: the words of the question.
        term: what is to be explained, or empty.
        question: folded; its labels (目的, 内訳) are looked for.
        focus: the noun that the answer is one of, or empty.
    """
    best: tuple[float, Statement] | None = None
    label = _LABEL.search(question)
    mark = _MARKS.get(kind)
    defined = (
        re.compile(
            rf"^(?:※ ?\d* ?|[・●○]|\(注\d*\) ?)*[「『]?{re.escape(term)}[」』]?(?:\.\.\.|…|:|とは| - )"
        )
        if term
        else None
    )
    examples = (
        re.compile(rf"(?:など|等|といった)の?[^、。]{{0,6}}?{re.escape(focus)}") if len(focus) > 1 else None
    )
    of_deeds = kind in (QuestionKind.THING, QuestionKind.METHOD) and not focus and "指標" not in question
    for one in _sentences(found):
        score = one.score + (BONUS / 2 if mark and mark.search(one.text) else 0.0)
        score += 2 * BONUS if defined and defined.search(one.text) else 0.0
        score += BONUS if focus and focus in one.text else 0.0
        score += 2 * BONUS if examples and examples.search(one.text) else 0.0
        score -= 0.3 if len(one.text) < 6 or (of_deeds and _NAME_OF_MEASURE.search(one.text)) else 0.0
        score += BONUS / 2 if label and f"{label.group()}は" in one.text else 0.0
        if best is None or score > best[0]:
            best = score, one
    if best is None:
        return None
    score, one = best
    window = best_window(one, topic, LONGEST)
    return Candidate(text=one.said(window.start, window.end), hit=one.hit, score=score, year=one.year)


def best_window(one: Statement, topic: Topic, longest: int, around: Span | None = None) -> Span:
    """The run of whole clauses of at most ``longest`` characters that holds most of the topic.

    Args:
        one: the statement.
        topic: the words of the question.
        longest: in characters; one clause that is longer is cut.
        around: what must lie in it.
    """
    text = one.text.rstrip("。 ")
    if len(text) <= longest:
        return _trimmed(text, Span(0, len(text)))
    breaks = [0, *clause_breaks(text), len(text)]
    best: tuple[float, Span] | None = None
    for first, start in enumerate(breaks[:-1]):
        ends = [end for end in breaks[first + 1 :] if end - start <= longest] or [
            min(start + longest, len(text))
        ]
        span = Span(start, ends[-1])
        if around is not None and not span.contains(around):
            continue
        score = _held(one, topic, span) - WINDOW_COST * first
        if best is None or score > best[0]:
            best = score, span
    if best is not None:
        return _trimmed(text, best[1])
    kept = around or Span(0, longest)
    return Span(kept.start, min(kept.end, kept.start + longest))


def clause_breaks(text: str) -> list[int]:
    """Where clauses begin after a comma outside of brackets."""
    depth, found = 0, []
    for at, character in enumerate(text):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character in "、。" and depth == 0:
            found.append(at + 1)
    return found


def _sentences(found: Sequence[Statement], most: int = STATEMENTS_READ) -> list[Statement]:
    return [one for one in found if one.cell is None][:most]


def _held(one: Statement, topic: Topic, span: Span) -> float:
    keys = {term.text for term in one.terms if span.start <= term.start and term.end <= span.end}
    return sum(topic.weight_of(key) for key in keys)


def _fullest(one: Statement, topic: Topic, spans: Sequence[Span]) -> Span | None:
    """The longest of the reasons after which nearly all of the topic still follows."""
    if not spans:
        return None
    follows = [_held(one, topic, Span(span.end, len(one.text))) for span in spans]
    kept = [span for span, held in zip(spans, follows, strict=True) if held >= STILL_FOLLOWS * max(follows)]
    return max(kept, key=len)


def _tells_effect(one: Statement, topic: Topic) -> bool:
    """Whether what was asked about is itself the reason of a sentence: 「改定を見送ったことで、…」."""
    ends = [match.end() for match in _CAUSED.finditer(one.text)]
    before, whole = (_held(one, topic, Span(0, end)) for end in (max(ends, default=0), len(one.text)))
    return bool(ends) and before > 0 and whole - before < NOTHING_FOLLOWS * before


def _reasons(text: str) -> Iterator[Span]:
    """Where a sentence gives a reason: what stands before ため, により …, or after 「…のは、」."""
    listed = _REASON_TOLD.search(text)
    if listed:
        start = listed.start("why")
        yield _trimmed(text, Span(start, min(len(text), start + LONGEST_REASON)))
        return
    told = _REASON_ONLY.search(text)
    if told and re.search(r"ため|から|こと|による|影響|都合", told["why"]):
        yield _trimmed(text, Span(told.start("why"), min(len(text), told.start("why") + LONGEST_REASON)))
        return
    breaks = [0, *clause_breaks(text)]
    for match in _REASON_END.finditer(text):
        earlier = [
            start for start in breaks if start < match.start() and match.end() - start <= LONGEST_REASON
        ]
        later = [at for at in (*breaks, len(text)) if at >= match.end()]
        ends_clause = match.group().endswith(("より", "よる", "よって", "分か", "伴い", "伴う"))
        end = later[0] if ends_clause and later else match.end()
        if earlier and end - earlier[0] <= LONGEST_REASON:
            yield _trimmed(text, Span(earlier[0], end))


def _is_by_means(said: str) -> bool:
    """Whether 「により」 is all that makes a reason of some words."""
    cues = [match.group() for match in _REASON_END.finditer(said)]
    return bool(cues) and all(cue.endswith(_BY) for cue in cues)


def _unsaid(one: Statement) -> Span | None:
    """The reason that a sentence gives without a word for it: by its column, or before what was put off."""
    text = one.text.rstrip("。 ")
    if _WHY_HEADER.search(one.header) and len(text) <= LONGEST_REASON:
        return _trimmed(text, Span(0, len(text)))
    breaks = [0, *clause_breaks(text)]
    end = breaks[-1]
    if not end or not _PUT_OFF.search(text[end:]) or not _GOES_ON.search(text[:end]):
        return None
    topics = [at for at in breaks if at < end and text[:at].endswith("は、")]
    start = topics[-1] if topics else 0
    return _trimmed(text, Span(start, end)) if SHORTEST_UNSAID <= end - start <= LONGEST_REASON else None


def _trimmed(text: str, span: Span) -> Span:
    inner = span.of(text)
    mark = _LIST_MARK.match(inner)
    begun = mark.end() if mark else 0
    joined = _CONJUNCTION.match(inner, begun)
    start = span.start + (joined.end() if joined else begun)
    end = span.end - (len(inner) - len(inner.rstrip("、。 \n")))
    return Span(start, end) if start < end else span
