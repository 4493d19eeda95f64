"""An answer in other words: what a language model says, as far as the quotations prove it.

The extractive answer stands: its quotations, its short answer and its refusals are never touched. Sentences
that hold are put before them; where none holds, or none comes, the answer stays as it was and says so.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from corpus.municipality import MunicipalityTable
from index.terms import TermAnalyzer
from qa.answer import Answer, AnswerLine, Statement
from qa.gen_checks import SentenceChecker
from qa.gen_reply import reply_sentences
from qa.generator import EvidenceLine, Generator, GeneratorError

logger = logging.getLogger(__name__)

MOST_SENTENCES = 6
LONGEST_REPLY = 4_000
UNUSABLE = "AIによる言い換えは使えませんでした（{}）。原文の引用をそのまま示します。"
UNPROVED = "引用で確かめられない文でした"
WITHHELD = "AIの文のうち{}件は、引用で確かめられなかったため示していません。"


def reworded(
    answer: Answer, question: str, generator: Generator, analyzer: TermAnalyzer, table: MunicipalityTable
) -> Answer:
    """The answer with sentences in other words, each proved by the quotations that it names.

    A refusal comes back as it is, and the generator does not hear of it.

    Args:
        answer: made of quotations.
        question: as typed.
        generator: puts them into sentences.
        analyzer: cuts terms.
        table: the municipalities that are known.
    """
    if answer.abstained or not answer.lines:
        return answer
    evidence = [evidence_line(line) for line in answer.lines]
    try:
        reply = generator.generate(question, evidence)
    except GeneratorError as exc:
        logger.warning("%s: %s", generator.name, exc)
        return replace(answer, notice=UNUSABLE.format(exc))
    if len(reply) > LONGEST_REPLY:
        return replace(answer, notice=UNUSABLE.format("応答が長すぎます"))
    checker = SentenceChecker(question, evidence, analyzer, table)
    kept: dict[str, Statement] = {}
    withheld = 0
    for sentence in reply_sentences(reply):
        fault = checker.fault(sentence)
        if fault is not None:
            withheld += 1
            logger.info("%s: a sentence is withheld (%s)", generator.name, fault)
        elif len(kept) < MOST_SENTENCES:
            kept.setdefault(sentence.text, Statement(words=sentence.text, marks=sentence.marks))
    if not kept:
        return replace(answer, notice=UNUSABLE.format(UNPROVED))
    notice = WITHHELD.format(withheld) if withheld else ""
    return replace(answer, statements=tuple(kept.values()), notice=notice)


def evidence_line(line: AnswerLine) -> EvidenceLine:
    """A line of an answer as a generator is shown it."""
    citation = line.citation
    section = line.label.removeprefix(citation.municipality).strip().removesuffix(":")
    return EvidenceLine(
        n=citation.n,
        quote=line.said,
        municipality=citation.municipality,
        fiscal_year=citation.fiscal_year,
        section=section.removeprefix("（").removesuffix("）"),
    )
