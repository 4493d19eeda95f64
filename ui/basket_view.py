"""A basket as HTML: what it holds with sources and notes, what was taken out, what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from ui.basket_items import BasketItem
from ui.basket_store import Basket
from ui.export_places import FOLDER
from ui.markup import button, disclosure, esc

EMPTY = (
    "まだ何も入っていません。検索や比較の結果で「かごへ」を押すと、ここに集まり、"
    "出典を付けて Word や Excel に保存できます。"
)
OWN = "このかごを開けるのは、作った本人だけです。ほかのパソコンでは、リンクから開けます。"
LOCKED = (
    "このかごは、持ち主が決まっていないため、管理の役割の人だけが開けます。"
    "中身は残っています。自分のかごにするには、次の番号を管理の役割の人に伝えてください: "
)
OWNERLESS = (
    "このかごは、持ち主が決まっていません。今は管理の役割の人だけが開けます。"
    "ほかの人に渡すには「shirube users give-basket 番号 利用者」を実行してください。番号: "
)
SHARED = "リンクを知っている人は、このかごを見て、一緒に集めることができます。"
LABELS = (("Word で保存（出典は脚注）", "docx"), ("Excel で保存", "xlsx"), ("CSV で保存", "csv"))


def basket_html(
    basket: Basket, items: Sequence[BasketItem], removed: Sequence[BasketItem], *, is_personal: bool
) -> str:
    """The content of the basket's window; a basket is personal where people have accounts."""
    if basket.is_locked:
        return f'<p class="hint">{LOCKED}{esc(basket.basket_id)}</p><p class="hint">{EMPTY}</p>'
    listed = "".join(_item(one, number) for number, one in enumerate(items, start=1))
    told = f'<ol class="kept">{listed}</ol>' if items else f'<p class="hint">{EMPTY}</p>'
    return f"{_actions(basket, has_items=bool(items), is_personal=is_personal)}{told}{_removed(removed)}"


def _actions(basket: Basket, *, has_items: bool, is_personal: bool) -> str:
    basket_id = basket.basket_id
    if not basket_id:
        return ""
    files = "".join(
        button(label, "download", f"{FOLDER}/basket.{kind}?basket={basket_id}")
        for label, kind in (LABELS if has_items else ())
    )
    link = button("かごのリンクをコピー", "link", f"?basket={basket_id}")
    new = '<button type="button" class="btn" data-basket="new">新しいかごにする</button>'
    adopt, told = "", OWN if is_personal else SHARED
    if is_personal and basket.is_ownerless:
        adopt = '<button type="button" class="btn" data-basket="adopt">自分のかごにする</button>'
        told = f"{OWNERLESS}{esc(basket_id)}"
    return f'<div class="actions">{files}{link}{new}{adopt}</div><p class="hint">{told}</p>'


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
