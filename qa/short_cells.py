"""Values that a form names by a label: the cell under 「所属長」, the cell beside 「期間」.

Apart from sentences, because such a value is a word or two without a verb: only its label says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.folding import fold, match_key
from corpus.passage import Cell
from index.terms import TermAnalyzer
from qa.hits import Hit
from qa.question_kind import Asked
from qa.short_candidate import Candidate
from qa.short_topic import Topic

HITS_READ = 10
LONGEST = 80
LONGEST_LABEL = 12
SHORTEST_END = 2
LEAST = 0.3
EXACT = 0.05
"""What a header gains that is the very label asked for: 所属長 before 所属."""

_HEAD = re.compile(r"(?P<kind>[部課室局係])長$")
_HEAD_ASKED = re.compile(
    r"[部課室局係]長(?:は|って)?[^、。は]{0,8}(?:は|って)?(?:誰|だれ|どなた|の?(?:お名前|名前|氏名))"
)
HEADED = re.compile(r"所属長|責任者|職名|役職|氏名")
"""The header under which a form prints who heads a department."""

_YEAR = re.compile(r"(?:令和|平成|[rh])? ?(?:元|\d{1,4})(?:年度?)?")
_ROLE = re.compile(r"(?:担当|所管|主管|所属|実践)(?:課|部署|部局|部|係|室|局)")
_LABEL_BEFORE = re.compile(r"(?P<label>[一-鿿々ァ-ヴー]{2,10})(?:は|が)? *$")


def asks_for_head(question: str) -> bool:
    """Whether a question asks who heads a department."""
    return _HEAD_ASKED.search(fold(question).text) is not None


def label_of(asked: Asked) -> str:
    """The noun that names what is asked for (期間 in 期間はいつからか), folded; empty without one."""
    role = _ROLE.match(asked.words)
    if role is not None:
        return role.group()
    if asked.focus:
        return asked.focus
    before = _LABEL_BEFORE.search(asked.beside.split(" ")[0])
    return before["label"] if before else ""


def labelled_candidate(
    asked: Asked, hits: Sequence[Hit], topic: Topic, analyzer: TermAnalyzer
) -> Candidate | None:
    """The value of the first cell that bears the label asked for, in a row or sheet about the topic.

    Args:
        asked: what is asked for.
        hits: best first.
        topic: the words of the question.
        analyzer: cuts terms.
    """
    label = match_key(label_of(asked))
    if len(label) < 2:
        return None
    best: Candidate | None = None
    for hit in hits[:HITS_READ]:
        for cell in _labelled(hit, label):
            if topic.years and cell.fiscal_year is not None and cell.fiscal_year not in topic.years:
                continue
            passage = hit.passage
            over = [
                hit.document.title,
                *passage.section_path,
                *passage.departments,
                passage.item,
                *(one.text for one in passage.row_of(cell)),
            ]
            held = topic.held(frozenset(analyzer.keys(fold(" ".join(over)).text)))
            covered = sum(topic.weights[key] * share for key, share in held.items())
            score = covered / topic.total if topic.total else 0.0
            score += EXACT if match_key(_bare_header(cell)) == label else 0.0
            if score >= LEAST and (best is None or score > best.score):
                said = " ".join(cell.text.split())
                best = Candidate(text=said, hit=hit, score=score, year=cell.fiscal_year)
    return best


def _labelled(hit: Hit, label: str) -> Iterator[Cell]:
    """The cells of a row whose header is the label, or that follow the cell that is."""
    cells = hit.passage.cells
    for number, cell in enumerate(cells):
        if not cell.text.strip() or len(cell.text) > LONGEST:
            continue
        header = match_key(_bare_header(cell))
        before = match_key(cells[number - 1].text) if number else ""
        if (
            (_names(header, label) or header == f"今後の{label}" or _heads(hit, header, label))
            and not _names(match_key(cell.text), label)
        ) or (_names(before, label) and len(label) <= LONGEST_LABEL):
            yield cell


def _heads(hit: Hit, header: str, label: str) -> bool:
    """Whether a header stands over the head of a department: 「所属長」 of a 室, for 室長."""
    head = _HEAD.search(label)
    if head is None or not HEADED.search(header):
        return False
    return not hit.passage.departments or any(
        match_key(name).endswith(head["kind"]) for name in hit.passage.departments
    )


def _bare_header(cell: Cell) -> str:
    """The header of a cell without the year that stands in a line of its own below it: 「評価 R5」."""
    label, _, year = cell.header.rpartition(" ")
    is_year = cell.fiscal_year is not None and _YEAR.fullmatch(fold(year).text) is not None
    return label if label and is_year else cell.header


def _names(said: str, label: str) -> bool:
    """Whether a label is the one asked for, or an end of it: 部長 of 市民環境部長, 進捗 of 進捗区分."""
    return said == label or (len(said) >= SHORTEST_END and (label.endswith(said) or label.startswith(said)))
