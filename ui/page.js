// What the browser does by itself: report our buttons to Python, copy quotations, bring the source into view.
// Gradio runs this once for each of our HTML parts, with `element`, `trigger` and `watch` of that part.

const say = (text) => {
  let note = document.getElementById("shirube-note");
  if (!note) {
    note = document.createElement("div");
    note.id = "shirube-note";
    note.setAttribute("role", "status");
    document.body.append(note);
  }
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

const close = () => {
  element.innerHTML = "";
  props.value = "";
  const opener = window.shirubeOpener;
  if (opener && opener.isConnected) opener.focus();
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (!button || !element.contains(button)) return;
  const { act, value } = button.dataset;
  if (act === "copy") copy(button);
  else if (act === "close") close();
  else if (act === "open") {
    if (!button.closest(".source")) window.shirubeOpener = button;
    trigger("select", { value });
  } else trigger("submit", { act, value });
});

watch("value", () => {
  const source = element.querySelector(".source");
  if (!source) return;
  const narrow = window.matchMedia("(max-width: 60rem)").matches;
  if (narrow) source.scrollIntoView({ block: "start" });
  else if (source.querySelector(".page")) source.style.height = `${window.innerHeight - Math.max(source.getBoundingClientRect().top, 12) - 12}px`;
  const here = source.querySelector("mark") || source.querySelector(".here");
  const page = source.querySelector(".page");
  if (here && page) page.scrollTop += here.getBoundingClientRect().top - page.getBoundingClientRect().top - page.clientHeight / 3;
  source.querySelector("h2").focus({ preventScroll: true });
});

document.getElementById("search")?.setAttribute("role", "search");
