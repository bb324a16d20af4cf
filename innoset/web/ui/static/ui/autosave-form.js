// <autosave-form data-url>: sends each changed field of its form by itself, and says the truth about it.
//
// It posts `field` (the name), the field's value or values, `replay` (the key of this very text) and the hidden
// inputs (token, version; of all `seen-…` only the field's own). Answers: 200 {"at": "14:03:12", "version"?,
// "versioned"?: which hidden input holds it} · 409 {"error", "theirs"?, "kept"?} · 422 {"error", "kept"?}
// · 401 {"login"?}: signed out · 403: a stale token. The rest means no connection.
// An unanswered text goes again with its key before the next one, so nothing is saved twice or clashes with itself.
// Its <draft-store> keeps what is on its way; a <left-drafts> brings what dead pages left.
const PAUSE = 1500, RETRY = 4000, DRAFT = 150;
const SAFE = "Текст сохранён на этом компьютере", STAY = "Не закрывайте страницу";
const NO = [400, 403, 404, 409, 410, 413, 422];
const mint = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
const order = (version) => parseInt(version, 10) || 0;

class AutosaveForm extends HTMLElement {
  connectedCallback() {
    if (this.slots) return;
    Object.assign(this, { slots: new Map(), known: new Map(), heard: [], held: "" });
    this.form = this.querySelector("form");
    this.line = this.querySelector("saved-line");
    this.store = this.querySelector("draft-store");
    Promise.all(["saved-line", "draft-store"].map((part) => customElements.whenDefined(part))).then(() => this.start());
  }

  disconnectedCallback() {
    [this.timer, this.writer].forEach(clearTimeout);
    for (const [where, what, how] of this.heard) where.removeEventListener(what, how);
  }

  start() {
    const hurry = () => (document.visibilityState === "visible" ? this.wake() : this.send());
    this.heard = [
      [globalThis, "online", hurry], [globalThis, "focus", hurry], [document, "visibilitychange", hurry],
      [globalThis, "pagehide", () => this.leave()],
      [globalThis, "beforeunload", (event) => { if (!this.safe) event.preventDefault(); }],
    ];
    for (const [where, what, how] of this.heard) where.addEventListener(what, how);
    this.addEventListener("left", (event) => this.adopt(event));
    this.watch();
    if (this.store.dataset.key) this.meet();
  }

  watch() {
    for (const name of new FormData(this.form).keys()) this.known.set(name, this.value(name));
    // What the server printed counts as saved; what the browser or quick fingers put in meanwhile does not.
    for (const control of this.form.elements) {
      if (!control.name || !control.type.startsWith("text") || control.value === control.defaultValue) continue;
      this.known.set(control.name, JSON.stringify([control.defaultValue]));
      this.changed(control, PAUSE);
    }
    this.form.addEventListener("input", (event) => this.changed(event.target, PAUSE));
    // A chosen answer is complete at once; typing goes on.
    this.form.addEventListener("change", (event) => this.changed(event.target, event.target.type === "radio" ? 0 : PAUSE));
    this.form.addEventListener("focusout", () => { if (this.next()) this.send(); });
    this.form.addEventListener("submit", (event) => this.submit(event));
  }

  // --- what is typed: at most two texts of a field wait, the one that may be on its way and the newest

  value(name) {
    return JSON.stringify(new FormData(this.form).getAll(name));
  }

  hidden(name) {
    return this.form.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`);
  }

  // Not `elements[name]`: fields are called by numbers, and numbers are places there.
  control(name) {
    return [...this.form.elements].find((one) => one.name === name && one.type !== "hidden");
  }

  slot(name) {
    if (!this.slots.has(name)) this.slots.set(name, { name, id: mint(), saves: [] });
    return this.slots.get(name);
  }

  changed({ name, type, dataset }, pause) {
    if (!name || type === "hidden" || type === "file" || "noAutosave" in dataset) return;
    const slot = this.slot(name), text = this.value(name), head = slot.saves[0];
    if (slot.saves.at(-1)?.text === text) return;
    const fixed = head?.posted || slot.clash ? [head] : [];
    // Leaving a field fires `change` for what has been saved already.
    const same = (fixed.length ? head.text : this.known.get(name) ?? "[]") === text;
    slot.saves = same ? fixed : [...fixed, { text, replay: mint() }];
    slot.refused = this.gone = this.stuck = false;
    this.draft(slot);
    if (slot.clash) slot.panel.compare?.(JSON.parse(text)[0]);
    else if (slot.saves.length) this.later(pause);
  }

  // Write it down on this computer: at once, then a few times a second while typing goes on.
  draft(slot) {
    slot.dirty = true;
    this.writer ??= setTimeout(() => this.write(), Math.max(0, (this.wrote || 0) + DRAFT - Date.now()));
  }

  async write() {
    this.wrote = Date.now();
    await Promise.all([...this.slots.values()].filter((slot) => slot.dirty).map((slot) => this.put(slot)));
    this.writer = null;
    const next = this.store.open && [...this.slots.values()].find((slot) => slot.dirty);
    if (next) this.draft(next);
  }

  async put(slot) {
    const { name, saves } = slot;
    slot.dirty = slot.kept = false;
    if (!saves.length) return this.store.drop(slot.id);
    const content = { at: Date.now(), page: location.pathname, seen: this.hidden(`seen-${name}`)?.value, saves: [...saves] };
    slot.kept = await this.store.keep(slot.id, this.dataset.url, name, content);
    slot.dirty ||= !slot.kept;
    this.failed = !slot.kept;
  }

  // Whether the computer keeps up with the typing, give or take the last signs.
  get keeps() {
    return this.store.open && !this.failed ? SAFE : STAY;
  }

  // Nothing typed would be lost if this page vanished now.
  get safe() {
    return this.gone || [...this.slots.values()].every((slot) => !slot.saves.length || (slot.kept && !slot.dirty));
  }

  // --- sending: one request at a time, so that versions follow one another

  async meet() {
    const who = await this.store.unlock();
    if (who === "out" || who === "other") return this.shut(who);
    if (who === "lost") return setTimeout(() => this.meet(), RETRY);
    for (const slot of this.slots.values()) if (slot.saves.length) this.draft(slot);
    return who;
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), pause);
    return false;
  }

  // Try again; after a sign-out first ask whether the same person is back.
  async wake() {
    if (this.held !== "out" && this.held !== "other") return this.send();
    if (document.visibilityState === "hidden") return this.later(RETRY);
    const who = await this.store.unlock();
    if (who === "out" || who === "other") return this.shut(who);
    if (who === "lost") return this.later(RETRY);
    this.held = "lost";
    return this.send();
  }

  next() {
    return [...this.slots.values()].find((one) => one.saves.length && !one.clash && !one.refused);
  }

  send() {
    if (this.held === "out" || this.held === "other") return this.later(RETRY);
    clearTimeout(this.timer);
    if (!this.held && !this.next()) return this.busy;
    return (this.busy ||= this.drain().finally(() => { this.busy = null; if (!this.held && this.next()) this.later(PAUSE); }));
  }

  async drain() {
    let one, at = "";
    while (!this.gone && (one = this.next())) {
      if (!this.held) this.line.say("Сохраняем…", "busy");
      one.saves[0].posted = true;
      // First on this computer, then on its way: else a page that dies now would leave an older text behind.
      if (one.dirty || !one.kept) await this.put(one);
      const answer = await this.post(one);
      if (!(await this.take(one, answer))) return this.later(RETRY);
      at = answer.at || at;
    }
    this.settle(this.held ? "Связь есть, всё сохранено" : at && `Сохранено в ${at}`);
    this.held = "";
    return true;
  }

  // What asks for a person stays in sight until the person has answered.
  settle(fine) {
    const wrong = [...this.slots.values()].find((slot) => slot.clash || slot.refused);
    if (wrong) this.line.say(wrong.error, "lost", wrong.clash && { text: "Сравнить", press: () => wrong.panel.focus() });
    else if (fine) this.line.say(fine, "saved");
  }

  post({ name, saves: [save] }) {
    const body = new URLSearchParams({ field: name, replay: save.replay });
    for (const { name: key, value } of this.form.querySelectorAll("input[type=hidden][name]")) {
      if (!key.startsWith("seen-") || key === `seen-${name}`) body.append(key, value);
    }
    for (const value of JSON.parse(save.text)) body.append(name, value);
    return this.store.post(this.dataset.url, body);
  }

  // What is small enough outlives the page; the rest waits on this computer.
  leave() {
    if (this.gone || this.held) return;
    for (const one of this.slots.values()) {
      if (!one.saves.length || one.saves[0].posted || one.clash || one.refused || (this.store.open && (one.dirty || !one.kept))) continue;
      one.saves[0].posted = true;
      this.post(one);
    }
  }

  // The button first sends what still waits, for the page must not clash with its own letters.
  async submit(event) {
    const waits = this.busy || this.next();
    if (this.gone || !waits || (this.stuck && this.held === "lost")) return this.part();
    event.preventDefault();
    const { submitter } = event;
    while (this.busy || (this.next() && !this.held)) await this.send();
    if (this.held && !(await this.wake())) { this.stuck = true; return; }
    this.part();
    this.form.requestSubmit(submitter);
  }

  part() {
    this.gone = true;
    // The server has these texts in its history, and the page that comes compares them.
    for (const slot of this.slots.values()) if (slot.clash?.kept && slot.saves.length === 1) this.store.drop(slot.id);
  }

  // --- answers: false means wait and try again

  async take(one, answer) {
    if (answer.status === 200) return this.taken(one, answer);
    if (answer.status === 401 || answer.who === "out" || answer.who === "other") return this.shut(answer.who || "out", answer.login);
    if (NO.includes(answer.status)) return this.refused(one, answer);
    this.held = "lost";
    this.line.say(`Нет связи. ${this.keeps}, отправим сами`, "lost");
    return false;
  }

  shut(who, login = location.href) {
    this.held = who;
    if (who === "out") this.line.say(`Вы вышли из системы. ${this.keeps}, отправим, когда войдёте снова.`, "lost", { text: "Войти", href: login });
    else this.line.say(`В этом браузере вошёл другой человек. ${this.keeps}, отправим, когда войдёте вы.`, "lost");
    return this.later(RETRY);
  }

  taken(one, answer) {
    const { text } = one.saves.shift();
    this.renew(answer);
    this.known.set(one.name, text);
    this.draft(one);
    this.dispatchEvent(new CustomEvent("saved", { bubbles: true, detail: answer }));
    return true;
  }

  renew({ version, versioned = "version" }) {
    const held = this.hidden(versioned);
    if (held && version !== undefined) held.value = version;
  }

  // A clash waits for a choice, another refusal for another text; the newer of two texts gets its own answer.
  refused(one, { theirs, kept, error = "Текст не принят. Обновите страницу." }) {
    const newer = one.saves.length > 1;
    one.error = error.replace(/\s*Сравнить\.?$/, "");
    one.clash = theirs && { ...theirs, kept };
    one.refused = !theirs && !newer;
    if (theirs) this.offer(one);
    else if (newer || kept) one.saves.shift();
    else one.saves[0].posted = false;
    this.draft(one);
    return true;
  }

  // A text of an earlier page has reached the server: show it, unless this page knows something newer.
  adopt(event) {
    const { id, name, text, replay, ...answer } = event.detail, known = this.known.get(name);
    const idle = this.known.has(name) && !this.slots.get(name)?.saves.length && this.value(name) === known;
    if (answer.status === 200 && this.known.has(name)) {
      event.preventDefault();
      if (!idle || order(answer.version) < order(this.hidden(answer.versioned || "version")?.value)) return;
      this.renew(answer);
      this.known.set(name, text);
      this.fill(name, text);
    } else if (answer.theirs && idle) {
      event.preventDefault();
      const slot = { name, id, saves: [{ text, replay, posted: true }] };
      this.slots.set(name, slot);
      this.fill(name, text);
      this.refused(slot, answer);
      this.settle();
    }
  }

  // --- two authors in one field

  offer(slot) {
    slot.panel?.remove();
    slot.panel = document.createElement("text-clash");
    slot.panel.addEventListener("keep", (event) => this.choose(slot, event.detail));
    const control = this.control(slot.name);
    (control.closest(".field") || control).after(slot.panel);
    slot.panel.offer?.({ title: slot.error, mine: control.value, theirs: slot.clash.text });
  }

  choose(slot, keep) {
    const { text, version } = slot.clash, control = this.control(slot.name);
    const made = { mine: control.value, theirs: text, both: `${text}\n\n${control.value}` }[keep];
    this.hidden(`seen-${slot.name}`).value = version;
    this.known.set(slot.name, JSON.stringify([text]));
    slot.panel.remove();
    Object.assign(slot, { clash: null, refused: false, saves: [] });
    this.fill(slot.name, JSON.stringify([made]));
    this.changed(control, 0);
    this.draft(slot);
    control.focus();
    this.send();
  }

  fill(name, text) {
    const values = JSON.parse(text);
    for (const control of this.form.elements) {
      if (control.name !== name || control.type === "hidden") continue;
      if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
      else control.value = values[0] ?? "";
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}
customElements.define("autosave-form", AutosaveForm);
