"""A basket as HTML: what it holds with sources and notes, what was taken out, what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from ui.basket_items import BasketItem
from ui.export_places import FOLDER
from ui.markup import button, disclosure, esc

EMPTY = (
    "まだ何も入っていません。検索や比較の結果で「かごへ」を押すと、ここに集まり、"
    "出典を付けて Word や Excel に保存できます。"
)
OWN = "このかごを開けるのは、作った本人だけです。ほかのパソコンでは、リンクから開けます。"
SHARED = "リンクを知っている人は、このかごを見て、一緒に集めることができます。"
LABELS = (("Word で保存（出典は脚注）", "docx"), ("Excel で保存", "xlsx"), ("CSV で保存", "csv"))


def basket_html(
    basket_id: str, items: Sequence[BasketItem], removed: Sequence[BasketItem], *, is_personal: bool
) -> str:
    """The content of the basket's window; a basket is personal where people have accounts."""
    listed = "".join(_item(one, number) for number, one in enumerate(items, start=1))
    told = f'<ol class="kept">{listed}</ol>' if items else f'<p class="hint">{EMPTY}</p>'
    return f"{_actions(basket_id, has_items=bool(items), is_personal=is_personal)}{told}{_removed(removed)}"


def _actions(basket_id: str, *, has_items: bool, is_personal: bool) -> str:
    if not basket_id:
        return ""
    files = "".join(
        button(label, "download", f"{FOLDER}/basket.{kind}?basket={basket_id}")
        for label, kind in (LABELS if has_items else ())
    )
    link = button("かごのリンクをコピー", "link", f"?basket={basket_id}")
    new = '<button type="button" class="btn" data-basket="new">新しいかごにする</button>'
    return (
        f'<div class="actions">{files}{link}{new}</div><p class="hint">{OWN if is_personal else SHARED}</p>'
    )


def _item(one: BasketItem, number: int) -> str:
    place = esc(one.kept.place)
    town = f"<strong>{esc(one.hit.document.municipality)}</strong>" if one.hit else ""
    words = f"<q>{esc(one.words)}</q>" if one.words else ""
    note = (
        f'<label class="note-of">メモ<textarea rows="2" maxlength="2000" data-place="{place}" '
        f'data-was="{esc(one.kept.note)}">{esc(one.kept.note)}</textarea></label>'
    )
    return (
        f'<li><div class="quoted">{town}{words}<p class="meta">{esc(one.source)}</p>{note}'
        f'<div class="actions">{_act("note", place, "メモを保存", f"{number}件目のメモを保存")}'
        f"{_act('remove', place, '外す', f'{number}件目をかごから外す')}</div></div></li>"
    )


def _removed(removed: Sequence[BasketItem]) -> str:
    if not removed:
        return ""
    items = "".join(
        f"<li><p>{esc(one.words or one.source)}</p>"
        f"{_act('add', esc(one.kept.place), '戻す', f'外した{number}件目をかごに戻す')}</li>"
        for number, one in enumerate(removed, start=1)
    )
    return disclosure(f"外したもの（{len(removed)}）", f"<ul>{items}</ul>")


def _act(act: str, place: str, label: str, said: str) -> str:
    return (
        f'<button type="button" class="btn" data-basket="{act}" data-place="{place}" '
        f'aria-label="{esc(said)}">{label}</button>'
    )
