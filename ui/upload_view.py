"""Uploads and the library's documents as HTML: what is asked of each file, how far a job is, what came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.document import Document
from corpus.municipality import MunicipalityTable
from ui.markup import button, esc
from ui.opening_view import opening_html
from ui.upload_job import Asked, JobState, UploadJob, UploadRow
from ui.year_words import years_label

EXTENSIONS = (
    *(".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".xls", ".xlsb", ".pptx", ".txt", ".text", ".md"),
    *(".csv", ".tsv", ".html", ".htm", ".zip"),
)
KINDS = (
    *("方針書", "総合計画", "総合戦略", "基本計画", "実施計画", "推進プラン", "業務棚卸表", "取組結果報告書"),
    *("指針", "報告書", "計画", "その他"),
)
_TABLE = '<div class="scroll"><table class="listing">'
_LABELS = {"municipality": "自治体", "fiscal_year": "年度", "document_kind": "種別", "title": "表題"}
_ACCESS = {"access": "公開範囲"}
_NAMES = {**_LABELS, **_ACCESS}
_LISTS = {"municipality": "upload-towns", "document_kind": "upload-kinds", "access": "upload-accesses"}
_OUTCOMES = {
    "added": "追加しました",
    "unchanged": "変更はありません",
    "replaced": "差し替えました",
    "refused": "受け付けませんでした",
}


def drop_html(largest: int) -> str:
    """Where files are dropped; ``largest`` is the number of megabytes that one may have."""
    accepted = ",".join(EXTENSIONS)
    return (
        '<section class="drop" aria-labelledby="drop-title"><h2 id="drop-title">資料を追加する</h2>'
        f'<label class="zone"><span class="big">ここにファイルを置くか、押して選んでください</span>'
        '<span class="hint">いくつでも一度に追加できます（PDF、Word、Excel、PowerPoint、テキスト、CSV、'
        f"HTML、それらを入れたZIP。1つ{largest}MBまで）。</span>"
        f'<input type="file" multiple accept="{accepted}" data-largest="{largest}" '
        'aria-label="追加するファイルを選ぶ"></label>'
        '<div class="sending" role="status" aria-live="polite"></div><ul class="turned-away"></ul></section>'
    )


def lists_html(table: MunicipalityTable) -> str:
    """The names that the inputs of all rows offer."""
    towns = "".join(f'<option value="{esc(town.full_name)}">' for town in table)
    kinds = "".join(f'<option value="{esc(kind)}">' for kind in KINDS)
    return f'<datalist id="upload-towns">{towns}</datalist><datalist id="upload-kinds">{kinds}</datalist>'


def asking_html(jobs: Iterable[UploadJob], *, asks_access: bool = False) -> str:
    """The jobs that wait for a person's confirmation, each with a row of inputs a file.

    Args:
        jobs: of the person.
        asks_access: whether to ask who may see each document.
    """
    return "".join(_asking(job, asks_access) for job in jobs if job.state is JobState.ASKING)


def running_html(jobs: Iterable[UploadJob]) -> str:
    """The other jobs: how far they are, or what came of them."""
    return "".join(_running(job) for job in jobs if job.state is not JobState.ASKING)


def documents_html(
    documents: Sequence[Document],
    passages: Mapping[str, int],
    removing: frozenset[str],
    accesses: Mapping[str, str] | None = None,
    *,
    may_change: bool = True,
) -> str:
    """The library's documents, each with its removal.

    Args:
        documents: in the order to show.
        passages: number of passages by document id.
        removing: ids of those that are to be removed or changed already.
        accesses: who may see each, in words; None where there are no accounts and nobody asks.
        may_change: whether the person may remove documents and open them to others.
    """
    if not documents:
        return ""
    rows = "".join(
        f'<tr role="row">{_cells(one, passages.get(one.document_id, 0))}'
        + (opening_html(one, accesses, removing, may_change=may_change) if accesses is not None else "")
        + (_cell("", _removal(one, passages.get(one.document_id, 0), removing)) if may_change else "")
        + "</tr>"
        for one in documents
    )
    heads = ["自治体", "年度", "種別", "表題・ファイル", "か所"]
    heads += ["公開範囲"] if accesses is not None else []
    heads += ["削除"] if may_change else []
    named = "".join(f'<th role="columnheader">{one}</th>' for one in heads)
    return (
        '<section class="documents" aria-labelledby="documents-title">'
        f'<h2 id="documents-title">ライブラリの資料（{len(documents)}）</h2>'
        '<div class="scroll"><table class="listing" role="table" aria-labelledby="documents-title">'
        f'<thead role="rowgroup"><tr role="row">{named}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div></section>'
    )


def _cells(one: Document, passages: int) -> str:
    """What a document is; roles are written out, for on a narrow screen the rows are laid out as cards."""
    title = f'{esc(one.title)}<span class="meta">{esc(one.source)}</span>'
    facts = (one.municipality, _year(one), one.document_kind)
    return (
        "".join(_cell("fact", esc(fact)) for fact in facts)
        + _cell("title", title)
        + _cell("number", f'{passages:,}<span class="unit">か所</span>')
    )


def _cell(css: str, inside: str) -> str:
    named = f' class="{css}"' if css else ""
    return f'<td role="cell"{named}>{inside}</td>'


def _removal(document: Document, passages: int, removing: frozenset[str]) -> str:
    if document.document_id in removing:
        return "削除しています"
    name = f"{document.municipality}「{document.title}」"
    return (
        f'<details class="removal"><summary aria-label="{esc(name)}を削除する">削除</summary><div>'
        f"<p>{esc(name)}と、そこから読み取った{passages:,}か所を、検索の対象から取り除きます。"
        "元のファイルは消しません。</p>"
        f"{button('削除する', 'remove', document.document_id, css='btn danger')}</div></details>"
    )


def _asking(job: UploadJob, asks_access: bool) -> str:
    wanted = [row for row in job.rows if not row.error]
    unsure = sum(any(not one.is_sure for one in row.asked.values()) for row in wanted if not row.is_left_out)
    lead = (
        f"{len(wanted)}件のうち{unsure}件に、確かめていただきたい欄があります（黄色の欄）。"
        if unsure
        else "読み取った内容を確かめて、「取り込む」を押してください。"
    )
    labels = {**_LABELS, **_ACCESS} if asks_access else _LABELS
    rows = "".join(_asked_row(number, row, labels) for number, row in enumerate(job.rows))
    heads = "".join(f"<th>{label}</th>" for name, label in labels.items() if name != "title")
    return (
        f'<section class="job asking" data-job="{esc(job.job_id)}" aria-label="取り込みの確認">'
        f"<h3>取り込む資料を確かめてください（{len(job.rows)}件）</h3><p>{lead}</p>"
        f"{_TABLE}<thead><tr><th>ファイルと表題</th>{heads}"
        f"<th>取り込む</th></tr></thead><tbody>{rows}</tbody></table></div>"
        f'<div class="actions">{button("取り込む", "begin", job.job_id, css="btn primary")}'
        f"{button('空いている自治体の欄を上の行と同じにする', 'fill', job.job_id) if len(wanted) > 1 else ''}"
        f"{button('やめる', 'drop', job.job_id)}</div></section>"
    )


def _asked_row(number: int, row: UploadRow, labels: Mapping[str, str]) -> str:
    head = f'<th scope="row" class="file">{esc(row.name)}'
    folder = row.place.rpartition("/")[0]
    if folder:
        head += f'<span class="meta">{esc(folder)}</span>'
    if row.error:
        return (
            f'<tr class="refused" data-row="{number}">{head}</th>'
            f'<td colspan="{len(labels)}"><strong>受け付けられません。</strong>{esc(row.error)}</td></tr>'
        )
    if row.note:
        head += f'<span class="note">{esc(row.note)}</span>'
    title = _input(number, row, "title")
    cells = "".join(f"<td>{_input(number, row, name)}</td>" for name in labels if name != "title")
    checked = "" if row.is_left_out else " checked"
    return (
        f'<tr data-row="{number}">{head}{title}</th>{cells}<td class="take"><input type="checkbox" '
        f'data-field="take" aria-label="{esc(row.name)}を取り込む"{checked}></td></tr>'
    )


def _input(number: int, row: UploadRow, name: str) -> str:
    asked = row.asked.get(name, Asked())
    offered = f' list="{_LISTS[name]}"' if name in _LISTS else ""
    told = asked.problem or _source(name, asked)
    identity = f"told-{esc(row.stored)}-{number}-{name}"
    css = "wrong" if asked.problem else "" if asked.is_sure else "unsure"
    wrong = ' aria-invalid="true"' if asked.problem else ""
    return (
        f'<span class="field {css}"><input type="text" data-field="{name}" value="{esc(asked.value)}" '
        f'autocomplete="off"{offered}{wrong} aria-label="{esc(row.name)}の{_NAMES[name]}" '
        f'aria-describedby="{identity}" maxlength="200">'
        f'<span class="hint" id="{identity}">{esc(told)}</span></span>'
    )


def _source(name: str, asked: Asked) -> str:
    if not asked.value:
        return "分かりません。入力してください。" if name == "municipality" else "空のままでも取り込めます。"
    if not asked.source:
        return ""
    return f"{asked.source}から" + ("" if asked.is_sure else "。確かめてください。")


def _running(job: UploadJob) -> str:
    if job.state is JobState.FAILED:
        return (
            f'<section class="job failed" aria-label="取り込み"><h3>{_name(job)}ができませんでした</h3>'
            f'<p role="alert">{esc(job.message)}</p>'
            f'<div class="actions">{button("もう一度", "again", job.job_id, css="btn primary")}'
            f"{button('やめる', 'drop', job.job_id)}</div></section>"
        )
    if job.state is JobState.DONE:
        return _done(job)
    what = job.what or ("順番を待っています" if job.state is JobState.WAITING else "始めています")
    count = f"（{job.done:,}/{job.total:,}）" if job.total else ""
    bar = (
        f'<progress max="{job.total}" value="{job.done}"></progress>'
        if job.total
        else "<progress></progress>"
    )
    return (
        f'<section class="job running" aria-label="取り込みの進み具合"><h3>{_name(job)}をしています</h3>'
        f'<p class="what">{esc(what)}{count}</p>{bar}'
        '<p class="hint">この画面を閉じても続きます。終わるまでのあいだも、検索できます。</p></section>'
    )


def _done(job: UploadJob) -> str:
    if job.concerns:
        told = "削除しました" if job.removes else f"公開範囲を「{esc(job.access)}」にしました"
        more = f'<p role="alert">{esc(job.message)}</p>' if job.message else ""
        return (
            f'<section class="job done" aria-label="処理の結果"><h3>{told}</h3>'
            f"<p>{esc(job.removes_title)}</p>{more}"
            f'<div class="actions">{button("結果を閉じる", "drop", job.job_id)}</div></section>'
        )
    taken = sum(row.outcome in ("added", "replaced") for row in job.rows)
    refused = sum(bool(row.error) for row in job.rows)
    lead = (
        f"{taken}件を取り込み、検索できるようになりました。"
        if taken
        else "新しく取り込んだ資料はありません。"
    )
    if refused:
        lead += f"{refused}件は受け付けられませんでした。理由とできることを、それぞれの行に示します。"
    rows = "".join(map(_result_row, job.rows))
    return (
        '<section class="job done" aria-label="取り込みの結果"><h3>取り込みが終わりました</h3>'
        f'<p role="status">{lead}</p>{_TABLE}<thead><tr><th>ファイル</th><th>結果</th>'
        f"<th>内容</th></tr></thead><tbody>{rows}</tbody></table></div>"
        f'<div class="actions">{button("結果を閉じる", "drop", job.job_id)}</div></section>'
    )


def _result_row(row: UploadRow) -> str:
    if row.error:
        word, said, css = _OUTCOMES["refused"], esc(row.error), ' class="refused"'
    elif row.is_left_out:
        word, said, css = "取り込んでいません", "取り込まないことを選びました。", ""
    else:
        facts = [row.value("municipality"), row.value("fiscal_year"), f"{row.passages:,}か所"]
        word, css = _OUTCOMES.get(row.outcome, ""), ""
        said = "・".join(esc(fact) for fact in facts if fact)
        said += "".join(f'<span class="note">{esc(one)}</span>' for one in row.warnings)
    return f'<tr{css}><th scope="row" class="file">{esc(row.name)}</th><td>{word}</td><td>{said}</td></tr>'


def _name(job: UploadJob) -> str:
    if job.concerns:
        return f"{esc(job.removes_title)}の{'削除' if job.removes else '公開範囲の変更'}"
    return "資料の確認" if not any(row.asked for row in job.rows) else "取り込み"


def _year(document: Document) -> str:
    return years_label((document.fiscal_year,)) if document.fiscal_year is not None else ""
