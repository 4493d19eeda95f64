
// The 起案支援 tab: what was picked goes to Python, the draft to a Word file. Runs behind page.js, in its scope.
const draftBoxes = () => [...element.querySelectorAll(".pick input:checked")];

element.addEventListener("change", (event) => {
  const picked = element.querySelector(".picked");
  if (picked && event.target.matches(".pick input")) picked.textContent = `選んだ文: ${draftBoxes().length}件`;
});

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-draft]");
  if (!button || !element.contains(button)) return;
  if (button.dataset.draft === "take") {
    const boxes = draftBoxes();
    if (!boxes.length) {
      say("文が選ばれていません。使いたい文の「選ぶ」に印を付けてください。");
      return;
    }
    trigger("edit", { picks: boxes.map((one) => [one.value, one.dataset.heading]) });
    for (const one of boxes) one.checked = false;
    element.querySelector(".picked").textContent = "選んだ文: 0件";
    say(`${boxes.length}件の文を下書きに入れました。`);
    document.querySelector("#draft-text")?.scrollIntoView({ block: "start" });
  } else if (button.dataset.draft === "save-xlsx") {
    saveDraft(button, "export/draft.xlsx");
  } else if (button.dataset.draft === "save-form") {
    saveDraft(button, "export/draft.docx", "form");
  } else {
    saveDraft(button, "export/draft.docx");
  }
});

// What a file is made of: the draft, its sources, and the form; a form of one's own is sent along and not kept.
const typed = (part) => document.querySelector(`#${part} :is(textarea, input)`)?.value ?? "";
const saveDraft = (button, place, layout = "") => {
  const sources = button.closest(".checked").dataset.sources.split(",").filter(Boolean);
  const form = typed("draft-form");
  const own = window.shirubeForm?.name === form ? window.shirubeForm : null;
  download(place, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      text: typed("draft-text"), sources, form, layout, theme: typed("draft-theme"),
      department: typed("draft-department"), year: typed("draft-year"),
      file: own?.file ?? "", data: own?.data ?? "",
    }),
  });
};

// An empty form: the server reads its fields, the browser keeps the file until the draft is saved.
element.addEventListener("change", async (event) => {
  const file = event.target.matches("#own-form-file") && event.target.files[0];
  if (!file) return;
  const note = element.querySelector(".own-form .hint");
  note.textContent = "様式を読み取っています…";
  try {
    const response = await fetch(`form/read?name=${encodeURIComponent(file.name)}`, {
      method: "POST", headers: { "content-type": "application/octet-stream" }, body: file,
    });
    if (!response.ok) {
      note.textContent = await response.text();
      return;
    }
    const told = await response.json();
    const data = await new Promise((done) => {
      const reader = new FileReader();
      reader.addEventListener("load", () => done(reader.result.split(",")[1]));
      reader.readAsDataURL(file);
    });
    window.shirubeForm = { name: told.name, file: file.name, data };
    note.textContent = `「${told.name}」から${told.headings.length}個の欄を読み取りました: ${told.headings.join("、")}`;
    trigger("edit", told);
  } catch {
    note.textContent = "様式を送れませんでした。通信を確かめて、もう一度選んでください。";
  }
});
