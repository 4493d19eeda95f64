
// The 比較 tab: municipalities of like size by a person's own table. Runs behind page.js, in its scope.
element.addEventListener("click", async (event) => {
  if (!event.target.closest("button[data-peers]")) return;
  const note = element.querySelector(".hint");
  const file = element.querySelector("input[type=file]").files[0];
  if (!file) {
    note.textContent = "人口の表（CSV）を選んでください。";
    return;
  }
  const town = element.querySelector(".peers-town").value;
  const within = element.querySelector(".peers-within").value;
  try {
    const place = `peers/near?${new URLSearchParams({ town, within })}`;
    const headers = { "content-type": "application/octet-stream" };
    const response = await fetch(place, { method: "POST", headers, body: file });
    if (!response.ok) {
      note.textContent = await response.text();
      return;
    }
    const told = await response.json();
    note.textContent = `${told.names.length}自治体を選びました: ${told.names.join("、")}`;
    trigger("edit", { codes: told.codes });
  } catch {
    note.textContent = "人口の表を送れませんでした。通信を確かめて、もう一度押してください。";
  }
});

element.addEventListener("change", (event) => {
  if (event.target.matches("input[type=file]") && event.target.files[0])
    element.querySelector(".hint").textContent = `選んだファイル: ${event.target.files[0].name}`;
});
