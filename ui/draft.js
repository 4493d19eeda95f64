
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
  } else {
    const text = document.querySelector("#draft-text textarea").value;
    const sources = button.closest(".checked").dataset.sources.split(",").filter(Boolean);
    download("export/draft.docx", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text, sources }),
    });
  }
});
