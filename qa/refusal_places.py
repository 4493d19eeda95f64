"""A town or prefecture that a question is about and that the library does not hold.

Names in the table of municipalities are read by ``qa.understand``; here also names that no table knows, by
their form (若竹町の…), where they stand as the question's subject and no passage found holds them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import fold, match_key
from corpus.municipality import MunicipalityTable
from corpus.municipality_text import find_municipalities
from corpus.store_reader import StoreReader
from index.facets import Facets
from qa.hits import Hit
from qa.results import SearchResult
from qa.town_words import partner_towns

_NAME = re.compile(
    r"(?:^|[\s、・「])(?P<name>[一-鿿々ァ-ヴー][一-鿿々ヶヵケノァ-ヴー]{0,6}?[市町村区県]|東京都|大阪府|京都府|北海道)"
    r"(?=の|は|が|で|に(?!なる)|、|\s|役場|役所|議会|総合計画|立)"
)
_ORDINARY = re.compile(
    r"(?:[のはがをでとにへもや]|(?:各|他|本|当|同|全|両|隣|近隣|周辺|近郊|中核|政令|指定|姉妹|友好|構成|先進|類似|都|"
    r"どの|この|その|同じ|全国|県内|圏内|沿線|小|大|母|田舎|地元|自)(?:市|町|村))$"
    r"|(?:地|学|校|管|行政|自治|特別|選挙|投票|通学|小学校|中学校|医療圏|圏|海|農|漁|街|先行|聖|禁猟|保護|対象)区$"
    r"|(?:農|漁|山|港|城下|宿場|門前|温泉|下|裏|横|市|市区)(?:町|村)+$|市町$|都道府県$|(?:同|他|各|本|当|近)県$"
)
_COMPARES = re.compile(r"比べ|比較|違い|違う|どちら|より(?:も)?(?:多|少|高|低|長|短|早|遅|良|よ)|との差|共通")
_PREFECTURE = re.compile(r"(?:県|東京都|大阪府|京都府|北海道)$")


def absent_places(store: StoreReader, facets: Facets, found: SearchResult) -> list[str]:
    """The places that the question is about and that no document of the library is of; empty if none."""
    understood = found.understood
    absent = [town.name for town in understood.municipalities if town.code not in facets.municipalities]
    if absent or understood.municipalities:
        return absent
    partners = partner_towns(fold(understood.question.text).text, MunicipalityTable.load())
    unspoken = [name for name in partners if not _held(name, found.hits)]
    if unspoken:
        return unspoken
    prefectures = {document.prefecture for document in store.documents()}
    names = subject_places(understood.question.text)
    return [name for name in names if name not in prefectures and not _held(name, found.hits)]


def absent_sides(facets: Facets, found: SearchResult) -> list[str]:
    """The municipalities that a comparison needs and no document is of; empty where two are held."""
    text = fold(found.understood.question.text).text
    held = [town for town in found.understood.municipalities if town.code in facets.municipalities]
    if len(held) > 1 or not _COMPARES.search(text):
        return []
    named = [
        town for one in find_municipalities(text, MunicipalityTable.load()) for town in one.municipalities
    ]
    known = [*facets.municipalities, *(town.code for town in found.understood.municipalities)]
    return list(dict.fromkeys(town.name for town in named if town.code not in known))


def subject_places(question: str) -> list[str]:
    """Names in the form of a town, district or prefecture that stand as a subject, in order."""
    text = fold(question).text
    names = [match["name"] for match in _NAME.finditer(text)]
    return [name for name in dict.fromkeys(names) if len(name) > 2 and not _ORDINARY.search(name)]


def _held(name: str, hits: Sequence[Hit]) -> bool:
    """Whether a hit speaks of the place; of a prefecture only a document's own, for many texts name it."""
    if _PREFECTURE.search(name):
        return False
    key = match_key(name)
    return any(key in match_key(f"{hit.context} {hit.passage.text}") for hit in hits)
