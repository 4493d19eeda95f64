// The 資料 tab in the browser: sends dropped files, one after another, and reports what is typed and pressed.
// Gradio runs this once for each of our HTML parts, with `element`, `trigger`, `upload` and `watch` of that part.

const send = (data) => trigger("submit", data);

const rowsOf = (job) =>
  [...job.querySelectorAll("tr[data-row]:not(.refused)")].map((row) => ({
    row: Number(row.dataset.row),
    take: row.querySelector("[data-field=take]").checked,
    values: Object.fromEntries(
      [...row.querySelectorAll("input[type=text]")].map((one) => [one.dataset.field, one.value]),
    ),
  }));

const fillDown = (job) => {
  let above = "";
  for (const one of job.querySelectorAll("input[data-field=municipality]")) {
    if (one.value) above = one.value;
    else one.value = above;
  }
  send({ act: "edit", job: job.dataset.job, rows: JSON.stringify(rowsOf(job)) });
};

const turnedAway = (file, input) => {
  const known = input.accept.split(",").some((end) => file.name.toLowerCase().endsWith(end));
  if (!known) return "この種類のファイルは取り込めません。PDFかWord、Excelで保存し直してください。";
  if (file.size > Number(input.dataset.largest) * 1048576) return `大きすぎます（${Math.ceil(file.size / 1048576)}MB、上限${input.dataset.largest}MB）。章ごとに分けてください。`;
  return file.size ? "" : "空のファイルです（0バイト）。元の資料を確かめてください。";
};

const receive = async (files) => {
  const input = element.querySelector("input[type=file]");
  const status = element.querySelector(".sending");
  const list = element.querySelector(".turned-away");
  list.textContent = "";
  const refuse = (file, why) => {
    const item = document.createElement("li");
    const name = document.createElement("strong");
    name.textContent = file.name;
    item.append(name, ` ${why}`);
    list.append(item);
  };
  const taken = [];
  for (const [at, file] of files.entries()) {
    const why = turnedAway(file, input);
    if (why) {
      refuse(file, why);
      continue;
    }
    status.textContent = `送っています（${at + 1}/${files.length}）: ${file.name}`;
    try {
      const { path } = await upload(file);
      taken.push({ path, name: file.name });
    } catch {
      refuse(file, "送れませんでした。通信を確かめて、もう一度置いてください。");
    }
  }
  status.textContent = taken.length ? `${taken.length}件を受け取りました。` : "";
  input.value = "";
  if (taken.length) send({ act: "uploaded", files: JSON.stringify(taken) });
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (!button || !element.contains(button)) return;
  const { act, value } = button.dataset;
  const job = button.closest("[data-job]");
  if (act === "fill") fillDown(job);
  else if (act === "begin") send({ act, job: value, rows: JSON.stringify(rowsOf(job)) });
  else if (act === "remove") send({ act, value });
  else if (act === "open-to") send({ act, value, access: button.parentElement.querySelector("input").value });
  else send({ act, job: value });
});

element.addEventListener("change", (event) => {
  if (event.target.matches("input[type=file]")) {
    receive([...event.target.files]);
    return;
  }
  const job = event.target.closest("[data-job]");
  if (job) send({ act: "edit", job: job.dataset.job, rows: JSON.stringify(rowsOf(job)) });
});

const zone = element.querySelector(".zone");
if (zone) {
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    receive([...event.dataTransfer.files]);
  });
  // A file that misses the zone must not make the browser leave the page.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
}

watch("value", () => {
  const wrong = element.querySelector("[aria-invalid=true]");
  if (wrong) wrong.focus();
});
