// Between Gradio's browser side and the server: what a person is told, in Japanese, when the server is away,
// was restarted, has another page by now or knows the person no longer. Without this Gradio says so in English,
// and opens the page anew by itself, so that what was typed is gone.
//
// A page holds nothing in the server, so a request that did not arrive is sent again until it does, and a page
// that was open before a restart goes on. An answer that broke off is told as a failure of that one act.
(() => {
  const JOIN = /\/gradio_api\/queue\/join\/?$/;
  const STREAM = /\/gradio_api\/queue\/data\/?$/;
  const PAGE = "%PAGE%";
  const PATIENCE = 120_000;
  const PAUSE = 1_500;
  const AWAY = "サーバーにつながりません。つながるのを待っています。入力した内容は、この画面に残っています。";
  const BACK = "サーバーにつながりました。";
  const NO_USE = "サーバーにつながりません。動いているか確かめて、もう一度操作してください。入力した内容は、この画面に残っています。";
  const CUT = "サーバーが再起動したため、途中で終わりました。もう一度操作してください。入力した内容は、この画面に残っています。";
  const fetched = window.fetch.bind(window);
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const pending = new Set();

  // One line at the top, with a link to follow where there is one; empty takes it away.
  const tell = (text, link) => {
    let bar = document.getElementById("shirube-connection");
    if (!bar) {
      bar = document.createElement("div");
      bar.id = "shirube-connection";
      bar.setAttribute("role", "status");
      document.body.append(bar);
    }
    bar.textContent = text;
    if (link) {
      const anchor = document.createElement("a");
      anchor.textContent = link.text;
      anchor.href = link.place;
      if (link.isBeside) anchor.target = "_blank";
      bar.append(" ", anchor);
    }
    bar.classList.toggle("shown", Boolean(text));
    clearTimeout(bar.timer);
    if (text === BACK) bar.timer = setTimeout(() => tell(""), 4_000);
  };
  const isAway = () => document.getElementById("shirube-connection")?.textContent === AWAY;

  // Results that were being made when the connection broke are not made any more. Gradio draws them once more
  // with what it tells itself, so that this is looked after until something is asked for again.
  let isCut = false;
  const stopSearching = () => {
    for (const one of document.querySelectorAll(".status")) {
      if (one.textContent.endsWith("…")) one.textContent = "途中で終わりました。もう一度操作してください。";
    }
  };

  const cut = () => {
    isCut = true;
    stopSearching();
  };

  const answer = (detail, status) =>
    new Response(JSON.stringify({ detail }), { status, headers: { "content-type": "application/json" } });

  // A proxy answers by itself while the server is away; the server puts its number on all that it answers.
  const isOurs = (response) => response.status < 500 || response.headers.has("x-request-id");

  const arrived = async (input, init) => {
    for (const until = Date.now() + PATIENCE; Date.now() < until; await pause(PAUSE)) {
      try {
        const response = await fetched(input, init);
        if (isOurs(response)) return response;
      } catch (error) {
        if (error.name === "AbortError") throw error;
      }
      tell(AWAY);
    }
    tell(NO_USE);
    return answer(NO_USE, 500);
  };

  const join = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("x-shirube-page", PAGE);
    isCut = false;
    const response = await arrived(input, { ...init, headers });
    const said = await response.clone().json().catch(() => ({}));
    if (response.ok) {
      pending.add(said.event_id);
      tell(isAway() ? BACK : "");
    } else {
      cut();
    }
    if (response.status === 401) {
      const place = new URL("login", document.baseURI).href;
      tell(said.detail, { text: "別のタブでログインする", place, isBeside: true });
    } else if (response.status === 409) {
      tell(said.detail, { text: "画面を開き直す", place: location.href });
    } else if (!response.ok && isAway()) {
      tell("");
    }
    return response;
  };

  // A stream of messages, each 「data: {…}」 and an empty line; what is pending when it breaks off has failed.
  const lost = () => {
    const failed = [...pending].map((id) => ({
      msg: "process_completed",
      event_id: id,
      success: false,
      output: { error: CUT, visible: true, duration: 30 },
    }));
    pending.clear();
    cut();
    return [...failed, { msg: "close_stream" }].map((one) => `data: ${JSON.stringify(one)}\n\n`).join("");
  };

  const passedOn = (block) => {
    let sent = {};
    try {
      sent = JSON.parse(block.replace(/^data:\s*/, ""));
    } catch {
      return block;
    }
    if (sent.msg === "process_completed") {
      pending.delete(sent.event_id);
      if (!sent.success) cut();
    }
    // The server was started between the request and the question for its answer.
    return sent.session_not_found ? lost().trimEnd() : block;
  };

  const whole = (body) => {
    const [reader, decoder, encoder] = [body.getReader(), new TextDecoder(), new TextEncoder()];
    let rest = "";
    return new ReadableStream({
      async pull(control) {
        try {
          const { done, value } = await reader.read();
          rest += done ? "" : decoder.decode(value, { stream: true });
          const blocks = rest.split("\n\n");
          rest = blocks.pop();
          const sent = blocks.map((block) => `${passedOn(block)}\n\n`).join("") + (done && pending.size ? lost() : "");
          if (sent) control.enqueue(encoder.encode(sent));
          if (done) control.close();
          else if (!sent) await this.pull(control);
        } catch (error) {
          if (error.name === "AbortError") {
            control.error(error);
            return;
          }
          control.enqueue(encoder.encode(lost()));
          control.close();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    });
  };

  const stream = async (input, init) => {
    const headers = { "content-type": "text/event-stream" };
    try {
      const response = await fetched(input, init);
      if (response.ok && response.body) return new Response(whole(response.body), { headers });
    } catch (error) {
      if (error.name === "AbortError") throw error;
    }
    return new Response(lost(), { headers });
  };

  window.fetch = (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, document.baseURI);
    if (JOIN.test(pathname)) return join(input, init);
    return STREAM.test(pathname) ? stream(input, init) : fetched(input, init);
  };

  // Gradio's own heading of what it tells.
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => {
      for (const one of document.querySelectorAll(".toast-title")) {
        if (one.textContent.trim() === "Error") one.textContent = "できませんでした";
      }
      if (isCut) stopSearching();
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
