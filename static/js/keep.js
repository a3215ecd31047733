// Keeps what is typed, a few seconds after the last key. The page works without it: buttons save.
// While the server cannot be reached the words stay in this window (sessionStorage), never on the disk of a shared computer.
(() => {
  const form = document.querySelector("form[data-keep]");
  if (!form || !window.fetch) return;
  const status = form.querySelector("[data-saved]");
  const place = "typed:" + form.dataset.keep.replace(/^\/[a-z-]+\//, "");
  const token = form.elements.namedItem("csrfmiddlewaretoken").value;
  const fields = () => Array.from(new FormData(form)).filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  const basis = form.elements.namedItem("based_on").value;
  let timer = 0, sent = JSON.stringify(fields());

  const waiting = JSON.parse(sessionStorage.getItem(place) || "null");
  // Words that were sent by a button and stand on another version than this page were saved: they wait no longer.
  if (waiting && !(waiting.pressed && waiting.basis !== basis)) {
    for (const [name, value] of waiting.fields) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    schedule();
  } else {
    sessionStorage.removeItem(place);
  }

  function hold(pressed) {
    sessionStorage.setItem(place, JSON.stringify({ pressed, basis, fields: fields() }));
  }

  function schedule() {
    hold(false);
    clearTimeout(timer);
    timer = setTimeout(keep, 2000);
  }

  async function keep() {
    const now = fields(), words = JSON.stringify(now);
    if (words === sent) return;
    try {
      const body = new URLSearchParams([...now, ["csrfmiddlewaretoken", token]]);
      const answer = await fetch(form.dataset.keep, { method: "POST", body, redirect: "manual" });
      if (answer.status === 204) {
        sent = words;
        if (JSON.stringify(fields()) === words) sessionStorage.removeItem(place);
        status.textContent = form.dataset.kept;
      } else if (answer.type === "opaqueredirect" || answer.status === 403) {
        status.textContent = form.dataset.signedOut;
      } else if (answer.status >= 500) {
        throw new Error("not kept");
      }
    } catch {
      status.textContent = form.dataset.offline;
      timer = setTimeout(keep, 5000);
    }
  }

  form.addEventListener("input", schedule);
  form.addEventListener("submit", () => { clearTimeout(timer); hold(true); });
  window.addEventListener("online", keep);
})();
