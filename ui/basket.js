
// The basket 「資料かご」: a window over the page. Runs behind page.js, in its scope; the server keeps what is in it.
const BASKET = "shirube-basket";
// The head is drawn anew when the page knows who is signed in; the number in it is put back then.
let held = "0";
const showHeld = () => {
  const counted = element.querySelector(".basket-count");
  if (counted && counted.textContent !== held) counted.textContent = held;
};
new MutationObserver(showHeld).observe(element, { childList: true, subtree: true });
const dialog = document.createElement("dialog");
dialog.id = "basket";
dialog.setAttribute("aria-labelledby", "basket-title");
dialog.innerHTML =
  '<div class="basket-head"><h2 id="basket-title" tabindex="-1">資料かご</h2>' +
  '<button type="button" class="btn" data-basket="close">閉じる</button></div><div class="basket-body result"></div>';
(element.closest(".gradio-container") ?? document.body).append(dialog); // the tabs may not stand yet
const basketBody = dialog.querySelector(".basket-body");

// A browser that keeps nothing (private window) still has its basket until the page is closed.
let own = "";
try { own = localStorage.getItem(BASKET) ?? ""; } catch { own = ""; }
const remember = (name) => {
  own = name;
  try { localStorage.setItem(BASKET, name); } catch { /* kept for this page alone */ }
};

const basket = async (act, sent = {}) => {
  try {
    const response = await fetch(`basket/${act}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ basket: own, ...sent }),
    });
    if (!response.ok) {
      say(await response.text());
      return false;
    }
    const told = await response.json();
    if (told.basket !== own) remember(told.basket);
    held = String(told.count);
    showHeld();
    const opened = [...basketBody.querySelectorAll("details[open]")].length > 0;
    basketBody.innerHTML = told.html;
    if (opened) basketBody.querySelector("details")?.setAttribute("open", "");
    if (told.said) say(told.said);
    return true;
  } catch {
    say("資料かごに届きませんでした。通信を確かめて、もう一度押してください。");
    return false;
  }
};

window.shirubeKeep = (place) => basket("add", { place });

const openBasket = async () => {
  if (await basket("see")) {
    dialog.showModal();
    dialog.querySelector("h2").focus();
  }
};

element.addEventListener("click", (event) => {
  if (event.target.closest("[data-basket=open]")) openBasket();
});

dialog.addEventListener("click", async (event) => {
  const plain = event.target.closest("button[data-act]");
  if (plain) {
    if (plain.dataset.act === "download") download(plain.dataset.value);
    else if (plain.dataset.act === "link") copyLink(plain);
    return;
  }
  const button = event.target.closest("button[data-basket]");
  if (!button) return;
  const { basket: act, place } = button.dataset;
  if (act === "close") dialog.close();
  else if (act === "new") {
    remember("");
    await basket("see");
    say("新しいかごにしました。前のかごは、コピーしたリンクから開けます。");
  } else if (act === "note") {
    const area = button.closest("li").querySelector("textarea");
    await basket("note", { place, was: area.dataset.was, note: area.value });
  } else {
    await basket(act, { place });
    dialog.querySelector("h2").focus();
  }
});

const shared = new URLSearchParams(location.search).get("basket");
if (shared) {
  remember(shared);
  openBasket();
} else if (own) basket("see");
