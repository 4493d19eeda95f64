// What the browser does by itself: report our buttons to Python, copy quotations, bring the source into view.
// Gradio runs this once for each of our HTML parts, with `element`, `trigger` and `watch` of that part.

// The result and its viewer stand in one row; each tab has a row of its own.
const row = element.closest(".found") ?? element.closest("[role=tabpanel]")?.querySelector(".found") ?? document.body;

const say = (text) => {
  let note = document.getElementById("shirube-note");
  if (!note) {
    note = document.createElement("div");
    note.id = "shirube-note";
    note.setAttribute("role", "status");
  }
  // A window that is open lies over all else: the note has to stand within it.
  const over = document.querySelector("dialog[open]") ?? document.body;
  if (note.parentElement !== over) over.append(note);
  note.textContent = text;
  note.classList.add("shown");
  clearTimeout(note.timer);
  note.timer = setTimeout(() => note.classList.remove("shown"), 4000);
};

// navigator.clipboard exists only over https and on localhost: in an office network it is plain http.
const copyOldWay = (text) => {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
};

const copy = async (button) => {
  const text = button.dataset.value;
  let done = false;
  try {
    await navigator.clipboard.writeText(text);
    done = true;
  } catch {
    done = copyOldWay(text);
  }
  button.focus();
  say(done ? "コピーしました" : "コピーできませんでした。文を選んで Ctrl + C を押してください。");
};

// The address under which this view opens again, for a colleague or a bookmark.
const copyLink = (button) => {
  const place = new URL(button.dataset.value, location.href.split(/[?#]/)[0]).href;
  copy({ dataset: { value: place }, focus: () => button.focus() });
};

// Fetched and not followed: what stands in the way is told here, and the page stays as it is.
const download = async (place, request = {}) => {
  say("ファイルを作っています…");
  try {
    const response = await fetch(place, request);
    if (!response.ok) {
      say(await response.text());
      return;
    }
    const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition"));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = name ? decodeURIComponent(name[1]) : "";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    say("ファイルを保存しました。ダウンロードのフォルダーをご確認ください。");
  } catch {
    say("ファイルを受け取れませんでした。通信を確かめて、もう一度押してください。");
  }
};

const close = () => {
  element.innerHTML = "";
  props.value = "";
  const opener = window.shirubeOpener;
  if (opener && opener.isConnected) opener.focus();
};

const OPENING = "原文を開いています…";

// The viewer: of its two panels one is seen; a page of a PDF is turned and enlarged without asking Python.
const SCALES = [1, 1.25, 1.5, 2, 3, 4];

const panel = () => element.querySelector(".panel:not([hidden])");

// Brings what is cited to the upper third of the panel; a table is moved sideways no more than it must be, for
// its headers stand at its left, a worksheet's at its top too.
const bringIntoView = () => {
  const page = panel()?.querySelector(".page");
  const here = [".sought mark", ".sought:not([hidden])", ".over-words:not([hidden]), .cited, mark", ".here"]
    .map((one) => page?.querySelector(one)).find(Boolean);
  if (!here) return;
  page.scrollTo(0, 0);
  const seen = here.getBoundingClientRect();
  const cell = (here.closest("td") ?? here).getBoundingClientRect();
  const frame = page.getBoundingClientRect();
  const numbers = page.querySelector(".worksheet tbody th");
  const [top, left] = [seen.top - frame.top, cell.left - frame.left];
  const past = { down: top + seen.height + 90 - page.clientHeight, right: left + cell.width + 30 - page.clientWidth };
  if (numbers) {
    const label = page.querySelector("tbody .held");
    const held = label && getComputedStyle(label).position === "sticky" ? label.offsetWidth : 0;
    page.scrollTop = Math.min(past.down, top - 60);
    page.scrollLeft = Math.min(past.right, left - numbers.offsetWidth - held - 8);
  } else {
    page.scrollTop = top - page.clientHeight / 3;
    page.scrollLeft = page.querySelector(".paper")
      ? left + Math.min(cell.width, frame.width) / 2 - page.clientWidth / 2
      : Math.min(past.right, left - 8);
  }
};

// Where more of a text was asked for, reading goes on at the line that was its first or last.
const edgeOf = (button) => {
  const cut = button.closest(".cut");
  const numbers = [...(cut?.parentElement.querySelectorAll(".no") ?? [])];
  if (!numbers.length) return null;
  const isFirst = !cut.previousElementSibling;
  return { number: numbers.at(isFirst ? 0 : -1).textContent, share: isFirst ? 2 / 3 : 1 / 3 };
};

const backTo = (edge) => {
  const page = panel()?.querySelector(".page");
  const line = [...(page?.querySelectorAll(".no") ?? [])].find((one) => one.textContent === edge.number);
  if (!line) return;
  const down = line.getBoundingClientRect().top - page.getBoundingClientRect().top;
  page.scrollTo(0, page.scrollTop + down - page.clientHeight * edge.share);
  page.focus({ preventScroll: true });
};

const choose = (tab) => {
  for (const one of element.querySelectorAll("[role=tab]")) {
    const chosen = one === tab;
    one.setAttribute("aria-selected", chosen);
    one.tabIndex = chosen ? 0 : -1;
    element.querySelector(`#${one.getAttribute("aria-controls")}`).hidden = !chosen;
  }
  window.shirubeView = tab.dataset.value;
  bringIntoView();
};

const showPage = (paper, number) => {
  const count = Number(paper.dataset.count);
  const page = Math.min(Math.max(number, 1), count);
  const image = paper.querySelector("img");
  const place = `${paper.dataset.place}${page}.png`;
  paper.dataset.page = page;
  if (image.getAttribute("src") !== place) {
    image.alt = image.alt.replace(/の\d+ページの画像/, `の${page}ページの画像`);
    paper.querySelector(".error").hidden = true;
    image.src = place;
    paper.parentElement.scrollTop = 0;
  }
  for (const mark of paper.querySelectorAll(".over-words")) mark.hidden = Number(mark.dataset.page) !== page;
  element.querySelector(".where .at").textContent = page;
  const end = { "-1": page === 1, "1": page === count };
  for (const one of element.querySelectorAll("[data-act=turn]")) one.setAttribute("aria-disabled", end[one.dataset.value]);
  const elsewhere = element.querySelector(".elsewhere");
  const away = page !== Number(paper.dataset.cited);
  elsewhere.hidden = !away && !elsewhere.classList.contains("always");
  elsewhere.querySelector("button").hidden = !away;
  const opener = element.querySelector("a.open");
  if (opener) opener.hash = `page=${page}`;
};

const isInSight = (page, mark) => {
  if (!mark) return false;
  const [frame, seen] = [page.getBoundingClientRect(), mark.getBoundingClientRect()];
  return seen.bottom > frame.top && seen.top < frame.bottom && seen.right > frame.left && seen.left < frame.right;
};

// What is cited stays in sight while it is; else the middle stays in the middle.
const zoom = (paper, step) => {
  const at = SCALES.indexOf(Number(paper.dataset.scale || 1)) + step;
  if (!SCALES[at]) return;
  const page = paper.parentElement;
  const middle = (page.scrollTop + page.clientHeight / 2) / (paper.offsetHeight || 1);
  const across = (page.scrollLeft + page.clientWidth / 2) / (paper.offsetWidth || 1);
  const isSeen = isInSight(page, paper.querySelector(".over-words.sought:not([hidden])"));
  paper.dataset.scale = SCALES[at];
  paper.style.width = `${100 * SCALES[at]}%`;
  page.scrollTop = middle * paper.offsetHeight - page.clientHeight / 2;
  page.scrollLeft = across * paper.offsetWidth - page.clientWidth / 2;
  if (isSeen) bringIntoView();
  element.querySelector(".scale").textContent = `${100 * SCALES[at]}%`;
  const end = { "-1": at === 0, "1": at === SCALES.length - 1 };
  for (const one of element.querySelectorAll("[data-act=zoom]")) one.setAttribute("aria-disabled", end[one.dataset.value]);
};

// Gradio draws over what was there and may keep its elements: all that was changed here is set anew.
const heard = new WeakSet();

const preparePaper = (paper) => {
  hear(paper, paper.querySelector("img"));
  paper.dataset.scale = 1;
  zoom(paper, element.clientWidth < 460 ? SCALES.indexOf(2) : 0); // on a telephone a whole page is too small to read
  showPage(paper, Number(paper.dataset.cited));
};

const hear = (paper, image) => {
  if (heard.has(image)) return;
  heard.add(image);
  image.addEventListener("load", () => {
    paper.querySelector(".error").hidden = true;
    paper.style.aspectRatio = `${image.naturalWidth}/${image.naturalHeight}`;
    const next = Number(paper.dataset.page) + 1;
    if (next <= Number(paper.dataset.count)) new Image().src = `${paper.dataset.place}${next}.png`;
  });
  const failed = () => { paper.querySelector(".error").hidden = false; };
  image.addEventListener("error", failed);
  if (image.complete && !image.naturalWidth) failed();
};

// What a button of the viewer does; false for those that Python answers.
const viewed = (act, value, button) => {
  const paper = element.querySelector(".paper");
  if (act === "tab") choose(button);
  else if (act === "turn") showPage(paper, Number(paper.dataset.page) + Number(value));
  else if (act === "zoom") zoom(paper, Number(value));
  else if (act === "cited") {
    showPage(paper, Number(paper.dataset.cited));
    bringIntoView();
    paper.parentElement.focus({ preventScroll: true });
  }
  else return false;
  return true;
};

// The next rows of a long table; the focus goes to the first of them, from where one reads on.
const moreRows = (button) => {
  const step = button.closest(".later-rows");
  const rows = step.querySelector("template").content;
  const first = rows.querySelector("th");
  element.querySelector(".matrix tbody").append(rows);
  step.nextElementSibling?.matches(".later-rows") && (step.nextElementSibling.hidden = false);
  step.remove();
  first.tabIndex = -1;
  first.focus();
};

element.addEventListener("keydown", (event) => {
  const tab = event.target.closest("[role=tab]");
  if (!tab || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  const other = [...element.querySelectorAll("[role=tab]")].find((one) => one !== tab);
  choose(other);
  other.focus();
});

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (!button || !element.contains(button)) return;
  const { act, value } = button.dataset;
  if (act === "copy") copy(button);
  else if (act === "close") close();
  else if (viewed(act, value, button)) return;
  else if (act === "more-rows") moreRows(button);
  else if (act === "download") download(value);
  else if (act === "compare") trigger("input", { value });
  else if (act === "link") copyLink(button);
  else if (act === "print") window.print();
  else if (act === "keep") window.shirubeKeep(value);
  else if (act === "open") {
    if (!button.closest(".source")) window.shirubeOpener = button;
    row.shirubeEdge = edgeOf(button);
    if (row.shirubeAgain?.(value)) return;
    row.shirubeAsked = value;
    clearTimeout(window.shirubeWaiting);
    window.shirubeWaiting = setTimeout(() => say(OPENING), 600);
    trigger("select", { value });
  } else trigger("submit", { act, value });
});

// Brings the viewer to where a person looks, at what is cited; `fresh` where it has just been drawn.
const arrive = (source, fresh) => {
  const narrow = window.matchMedia("(max-width: 60rem)").matches;
  if (narrow) source.scrollIntoView({ block: "start" });
  else if (source.querySelector(".page")) {
    // The search box gives way: half of a small screen would be too little for a page.
    window.scrollBy(0, Math.max(0, source.getBoundingClientRect().top - 12));
    source.style.height = `${window.innerHeight - Math.max(source.getBoundingClientRect().top, 12) - 12}px`;
  }
  const paper = source.querySelector(".paper");
  if (paper && fresh) preparePaper(paper);
  else if (paper) showPage(paper, Number(paper.dataset.cited));
  const tab = source.querySelector(`[role=tab][data-value=${window.shirubeView || "original"}]`);
  if (tab) choose(tab);
  else bringIntoView();
  source.querySelector("h2").focus({ preventScroll: true });
};

watch("value", () => {
  const view = element.querySelector("[data-view]");
  if (view) history.replaceState(history.state, "", view.dataset.view);
  const source = element.querySelector(".source");
  if (!source) return;
  clearTimeout(window.shirubeWaiting);
  const note = document.getElementById("shirube-note");
  if (note?.textContent === OPENING) note.classList.remove("shown");
  const shown = row.shirubeAsked;
  arrive(source, true);
  if (row.shirubeEdge) backTo(row.shirubeEdge);
  row.shirubeEdge = null;
  // What is asked for again has no new value, and Gradio would not tell of it.
  row.shirubeAgain = (value) => {
    const same = value === shown && source.isConnected;
    if (same) arrive(source, false);
    return same;
  };
});

document.getElementById("search")?.setAttribute("role", "search");

// On paper each quotation that is shown bears a number, and its source stands at the end like a footnote.
const sourceOf = (quoted) => {
  const copied = quoted.querySelector("[data-act=copy]")?.dataset.value ?? "";
  return copied.split("\n").pop() || [...quoted.querySelectorAll(".meta span")].map((one) => one.textContent).join(" ");
};

addEventListener("beforeprint", () => {
  const shown = [...element.querySelectorAll(".quoted")].filter((one) => one.getClientRects().length && sourceOf(one));
  if (!shown.length || element.querySelector(".print-notes")) return;
  const notes = document.createElement("section");
  notes.className = "print-notes";
  notes.innerHTML = "<h2>出典</h2><ol></ol>";
  shown.forEach((quoted, at) => {
    const mark = document.createElement("sup");
    mark.className = "print-mark";
    mark.textContent = `[${at + 1}]`;
    (quoted.querySelector("q, strong") ?? quoted).after(mark);
    const note = document.createElement("li");
    note.textContent = sourceOf(quoted);
    notes.querySelector("ol").append(note);
  });
  element.append(notes);
});

addEventListener("afterprint", () => {
  for (const one of element.querySelectorAll(".print-notes, .print-mark")) one.remove();
});
