// <autosave-form data-url>: sends each changed field of its form by itself, and says the truth about it.
//
// It posts to data-url: `field` (the name), the field's own value or values, and all hidden inputs
// (token, version). Answers: 200 {"at": "14:03:12", "version"?: n, "versioned"?: which hidden input holds it} · 409 or 422 {"error": "…"}.
// Anything else counts as no connection, and is tried again until it goes through.
const PAUSE = 1500;
const RETRY = 5000;
const SPEAK = 60000;

class AutosaveForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.waiting) return;
    this.waiting = new Set();
    this.known = new Map([...new FormData(this.form).keys()].map((name) => [name, this.value(name)]));
    this.lost = false;
    this.shown = this.querySelector(".saved") || this.insertAdjacentElement("afterbegin", document.createElement("p"));
    this.shown.classList.add("saved");
    this.spoken = document.createElement("span");
    this.spoken.className = "sr";
    this.spoken.setAttribute("role", "status");
    this.append(this.spoken);
    this.listen();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.leave);
    removeEventListener("online", this.hurry);
    removeEventListener("beforeunload", this.warn);
  }

  listen() {
    this.hurry = () => this.send();
    this.leave = () => { if (document.visibilityState === "hidden") this.send(true); };
    this.warn = (event) => { if (this.waiting.size || this.busy) event.preventDefault(); };
    this.form.addEventListener("input", (event) => this.changed(event.target, PAUSE));
    // A chosen answer is complete at once; typing goes on.
    this.form.addEventListener("change", (event) => this.changed(event.target, event.target.type === "radio" ? 0 : PAUSE));
    this.form.addEventListener("focusout", () => { if (this.waiting.size) this.send(); });
    this.form.addEventListener("submit", () => { clearTimeout(this.timer); this.waiting.clear(); this.gone = true; });
    document.addEventListener("visibilitychange", this.leave);
    addEventListener("online", this.hurry);
    addEventListener("beforeunload", this.warn);
  }

  changed(field, pause) {
    if (!field.name || field.type === "hidden" || field.type === "file" || "noAutosave" in field.dataset) return;
    this.gone = false;
    // Leaving a field fires `change` for what has been saved already.
    if (this.known.get(field.name) === this.value(field.name) && !this.busy) this.waiting.delete(field.name);
    else this.waiting.add(field.name);
    if (this.waiting.size) this.later(pause);
  }

  value(name) {
    return JSON.stringify(new FormData(this.form).getAll(name));
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  // One request at a time, so that versions follow one another.
  async send(leaving = false) {
    clearTimeout(this.timer);
    if (this.busy || !this.waiting.size || this.gone) return;
    this.busy = true;
    const name = this.waiting.values().next().value;
    this.waiting.delete(name);
    if (!this.lost) this.say("Сохраняем…", "busy");
    const value = this.value(name);
    const done = await this.post(name, leaving);
    this.busy = false;
    if (done) this.known.set(name, value);
    if (this.gone) return;
    if (done && this.waiting.size) this.send(leaving);
    if (!done) { this.waiting.add(name); this.later(RETRY); }
  }

  async post(name, leaving) {
    const body = this.parcel(name);
    try {
      const small = body.toString().length < 60000;
      const answer = await fetch(this.dataset.url, {
        method: "POST", body, keepalive: leaving && small, redirect: "error",
        headers: { Accept: "application/json", "X-Autosave": "1" },
      });
      if (answer.ok) return this.kept(await answer.json());
      if (answer.status === 409 || answer.status === 422) return this.refused(await answer.json());
      if (answer.status === 403) return this.refused({ error: "Вы вышли из системы. Войдите в другой вкладке: текст останется здесь" }, false);
    } catch { /* no connection: said below, tried again by the caller */ }
    this.lost = true;
    this.say("Нет связи. Не закрывайте страницу, отправим сами", "lost");
    return false;
  }

  parcel(name) {
    const all = new FormData(this.form);
    const body = new URLSearchParams({ field: name });
    for (const hidden of this.form.querySelectorAll("input[type=hidden][name]")) body.append(hidden.name, hidden.value);
    for (const value of all.getAll(name)) body.append(name, value);
    return body;
  }

  kept(answer) {
    const version = this.form.querySelector(`input[type=hidden][name="${answer.versioned || "version"}"]`);
    if (version && answer.version !== undefined) version.value = answer.version;
    this.say(this.lost ? "Связь есть, всё сохранено" : `Сохранено в ${answer.at}`, "saved");
    this.lost = false;
    this.dispatchEvent(new CustomEvent("saved", { bubbles: true, detail: answer }));
    return true;
  }

  refused(answer, done = true) {
    this.say(answer.error, "lost");
    return done;
  }

  say(text, state) {
    this.shown.textContent = text;
    this.shown.dataset.state = state;
    const now = Date.now();
    if (state === "busy" || (state === "saved" && !this.lost && now - (this.spokenAt || 0) < SPEAK)) return;
    this.spokenAt = now;
    this.spoken.textContent = text;
  }
}
customElements.define("autosave-form", AutosaveForm);
