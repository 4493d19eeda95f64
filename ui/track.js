
// The 経年 tab: what a person decides of measures over the years is kept, then all is looked up again.
element.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-join]");
  if (!button || !element.contains(button)) return;
  const chosen = button.dataset.join === "choice" ? button.closest(".join").querySelector("option:checked") : button;
  const same = button.dataset.join === "choice" ? "1" : button.dataset.join;
  try {
    const response = await fetch("track/link", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ earlier: chosen.dataset.earlier, later: chosen.dataset.later, same }),
    });
    say(await response.text());
    if (response.ok) trigger("submit", { act: "ask", value: element.querySelector("[data-theme]").dataset.theme });
  } catch {
    say("つながりを直せませんでした。通信を確かめて、もう一度押してください。");
  }
});
