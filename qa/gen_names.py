"""Names in a sentence: towns, departments, organisations, people, foreign words.

A name is believed only where a quotation or its label writes it. Names are known by their form (a run of
kanji that ends in 課 or 協議会), by the table of municipalities and by the dictionary's proper nouns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.folding import fold, match_key
from corpus.municipality import MunicipalityTable
from corpus.municipality_text import find_municipalities
from index.morphemes import Tagger

_NAMED = re.compile(
    r"[一-鿿々ヶァ-ヴー]{1,30}?"
    r"(?P<kind>協議会|委員会|審議会|懇話会|連合会|センター|株式会社|学校|大学|病院|図書館|公民館|法人|財団|機構|公社|組合"
    r"|都|道|府|県|市|区|町|村|部|課|局|室|係|氏)(?![一-鿿々ァ-ヴー])"
)
_FOREIGN = re.compile(r"[ァ-ヴー]{2,}|[a-z][a-z0-9]+(?:[-.][a-z0-9]+)*")
_ORDINARY = re.compile(r".?[同本当各両全内外他細庁幹]?[部市町村区県課局室係]")
_BEFORE_KIND = 2


def municipalities_in(text: str, table: MunicipalityTable) -> Iterator[str]:
    """The towns that a sentence names, as it writes them, folded."""
    for mention in find_municipalities(text, table):
        yield match_key(text[mention.start : mention.end])


def foreign_words_in(text: str) -> Iterator[str]:
    """Words in katakana or Latin letters, folded."""
    for match in _FOREIGN.finditer(fold(text).text):
        yield match.group()


def proper_names_in(text: str, tagger: Tagger) -> Iterator[str]:
    """The dictionary's proper nouns, and the ends of names by their form (「務課」 of 総務課), folded."""
    folded = fold(text).text
    for morpheme in tagger.morphemes(folded):
        if morpheme.part_of_speech[1] == "固有名詞" and not re.fullmatch("[ぁ-んー]+", morpheme.surface):
            yield match_key(morpheme.surface)
    for match in _NAMED.finditer(folded):
        name = match.group()
        if not _ORDINARY.fullmatch(name):
            yield name[-len(match["kind"]) - _BEFORE_KIND :]
