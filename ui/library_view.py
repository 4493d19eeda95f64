"""What is in the library, as HTML: first visit, empty library, what was searched, what was not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.document import Document
from corpus.unread import UnreadFile
from qa.searched import Searched
from ui.markup import button, disclosure, esc
from ui.year_words import years_label

EXAMPLES = (
    "多文化共生の取組",
    "空き家の利活用",
    "ふるさと納税の件数 令和元年度",
    "「書かない窓口」",
    "職員研修の実績",
    "防災訓練と要支援者",
)


def examples_html() -> str:
    """Example questions as buttons."""
    buttons = "".join(button(text, "ask", text, css="example") for text in EXAMPLES)
    return f'<div class="examples"><p>例</p><div>{buttons}</div></div>'


def start_html(
    documents: Sequence[Document], passages: Mapping[str, int], unread: Sequence[UnreadFile]
) -> str:
    """The page before the first question.

    Args:
        documents: of the library, at least one.
        passages: number of passages by document id.
        unread: files that could not be read.
    """
    towns: dict[tuple[str, str], list[Document]] = {}
    for document in documents:
        towns.setdefault((document.municipality_code, document.municipality), []).append(document)
    groups = "".join(_town(name, group, passages) for (_, name), group in towns.items())
    total = sum(passages.values())
    return (
        f'{examples_html()}<section class="start" aria-labelledby="start-title">'
        '<h2 id="start-title">使い方</h2><ul class="guide">'
        "<li>知りたいことを、ふだんの言葉で入力してください。自治体名・年度・部署名は、条件として読み取ります。</li>"
        "<li>書かれたとおりの言葉だけを探すときは、「　」で囲みます。</li>"
        "<li>回答は資料からの引用です。番号を押すと、原文の該当箇所が開きます。</li></ul>"
        f"<h2>検索できる資料</h2><p>{len(towns)}自治体・{len(documents)}文書・{total:,}か所</p>"
        f'<div class="towns">{groups}</div>{unread_html(unread)}</section>'
    )


def _town(name: str, documents: Sequence[Document], passages: Mapping[str, int]) -> str:
    items = "".join(
        f'<li>{esc(document.title)}<span class="meta">{_facts(document, passages)}</span></li>'
        for document in documents
    )
    return f"<section><h3>{esc(name)}</h3><ul>{items}</ul></section>"


def _facts(document: Document, passages: Mapping[str, int]) -> str:
    year = years_label((document.fiscal_year,)) if document.fiscal_year is not None else ""
    count = f"{passages.get(document.document_id, 0):,}か所"
    return "".join(f"<span>{esc(part)}</span>" for part in (year, document.document_kind, count) if part)


def empty_html(unread: Sequence[UnreadFile]) -> str:
    """The page of a library without documents; where its folder lies is nothing that a visitor is told."""
    command = "shirube --data ライブラリのフォルダー ingest 資料のフォルダー"
    return (
        '<section class="start" aria-labelledby="start-title"><h2 id="start-title">資料がまだありません</h2>'
        "<p>上の「資料」を開き、計画や方針書のファイルを置いてください。"
        "取り込みが終わると、この画面で検索できるようになります。</p>"
        "<p>フォルダーごと取り込むときは、次のコマンドも使えます。</p>"
        f"<pre>{esc(command)}</pre>{unread_html(unread)}</section>"
    )


def coverage_html(searched: Searched) -> str:
    """The coverage line, with the files that could not be read."""
    return (
        f'<div class="coverage"><p>{esc(searched.sentence())}</p>{unread_html(searched.unread_files)}</div>'
    )


def unread_html(files: Sequence[UnreadFile]) -> str:
    """Files that could not be read, each with the reason; empty without any."""
    if not files:
        return ""
    items = "".join(f"<li><strong>{esc(file.source)}</strong> {esc(file.reason)}</li>" for file in files)
    return disclosure(f"読み取れなかったファイル（{len(files)}）", f"<ul>{items}</ul>")
