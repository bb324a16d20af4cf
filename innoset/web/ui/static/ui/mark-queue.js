// <mark-queue data-url data-now>: sends every mark and comment of its form by itself; none can be lost.
//
// A change gets a sequence (milliseconds of the server's clock, `data-now` is that clock when the page was made) and
// is written down on this computer at once, sealed by the <draft-store> inside: {url, name, value, sequence}. One
// after another they go to their url as `field`, the field's value and `sequence`; what is older than the mark in
// place is taken by the server as saved and changes nothing, so repeating and coming late do no harm.
// Answers: 200 {"at", "marks"?, "total"?, "newest": false when the server has something newer} · 422 {"error"} ·
// 401, 403: somebody has to sign in. The rest means no connection. What a dead page left, of this sheet or another,
// goes first. Fires `saved` with the answer and `queue` with {waiting}. Fields with data-no-queue are left alone.
const PAUSE = 800, RETRY = 4000, FORM = "marks";
const SAFE = "Баллы сохранены на этом компьютере", STAY = "Не закрывайте страницу";
const NO = [400, 404, 405, 409, 410, 413, 422];
const mint = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

class MarkQueue extends HTMLElement {
  connectedCallback() {
    if (this.slots) return;
    Object.assign(this, { slots: new Map(), acked: new Map(), heard: [], held: "", last: 0, ahead: Number(this.dataset.now) - Date.now() || 0 });
    this.form = this.querySelector("form");
    this.line = this.querySelector("saved-line");
    this.store = this.querySelector("draft-store");
    Promise.all(["saved-line", "draft-store"].map((part) => customElements.whenDefined(part))).then(() => this.start());
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    for (const [where, what, how] of this.heard) where.removeEventListener(what, how);
  }

  start() {
    const hurry = () => this.wake();
    this.heard = [
      [globalThis, "online", hurry], [globalThis, "focus", hurry], [document, "visibilitychange", hurry],
      [globalThis, "beforeunload", (event) => { if (!this.safe) event.preventDefault(); }],
    ];
    for (const [where, what, how] of this.heard) where.addEventListener(what, how);
    if (this.form) this.watch();
    this.meet();
  }

  watch() {
    this.form.addEventListener("input", (event) => this.changed(event.target, PAUSE));
    this.form.addEventListener("change", (event) => this.changed(event.target, 0));
    this.form.addEventListener("submit", (event) => this.submit(event));
    // All of it is saved on its own: the button brings no mark that could cover a newer one.
    this.form.addEventListener("formdata", ({ formData }) => {
      for (const name of [...formData.keys()]) if (this.owns(this.control(name)) && !this.slots.has(this.key(name))) formData.delete(name);
    });
  }

  // --- what is put: of a field only the newest waits

  key(name, url = this.dataset.url) {
    return `${url} ${name}`;
  }

  control(name) {
    return this.form && [...this.form.elements].find((one) => one.name === name && one.type !== "hidden");
  }

  owns(control) {
    return Boolean(control?.name && control.type !== "hidden" && control.type !== "submit" && !("noQueue" in control.dataset));
  }

  changed(control, pause) {
    if (!this.owns(control) || (control.type === "radio" && !control.checked)) return;
    const { name, value } = control, known = this.slots.get(this.key(name));
    // Leaving a field fires `change` for what `input` has told already.
    if (known ? known.value === value : control.type !== "radio" && (control.dataset.told ?? control.defaultValue) === value) return this.later(pause);
    control.dataset.told = value;
    this.last = Math.max(this.last + 1, Date.now() + this.ahead);
    const slot = { id: known?.id || mint(), url: this.dataset.url, name, value, sequence: this.last };
    this.slots.set(this.key(name), slot);
    this.keep(slot);
    this.later(pause);
  }

  async keep(slot) {
    this.tell();
    const { id, name, url, value, sequence } = slot;
    slot.kept = await this.store.keep(id, FORM, name, { at: sequence, url, value, sequence });
  }

  tell() {
    this.dispatchEvent(new CustomEvent("queue", { bubbles: true, detail: { waiting: this.slots.size } }));
  }

  get safe() {
    return [...this.slots.values()].every((slot) => slot.kept);
  }

  get keeps() {
    return this.store.open ? SAFE : STAY;
  }

  // --- who is here; what earlier pages left

  async meet() {
    const who = await this.store.unlock();
    if (who === "out" || who === "other") return this.shut(who);
    if (who === "lost") return this.later(RETRY);
    for (const slot of this.slots.values()) if (!slot.kept) this.keep(slot);
    for (const { id, field, content } of await this.store.left(FORM)) this.adopt({ id, name: field, kept: true, ...content });
    this.met = true;
    return this.send();
  }

  adopt(slot) {
    const key = this.key(slot.name, slot.url), known = this.slots.get(key);
    if (Math.max(known?.sequence ?? 0, this.acked.get(key) ?? 0) >= slot.sequence) return this.store.drop(slot.id);
    if (known) this.store.drop(known.id);
    this.slots.set(key, slot);
    this.last = Math.max(this.last, slot.sequence);
    if (slot.url === this.dataset.url) this.fill(slot.name, slot.value);
  }

  fill(name, value) {
    for (const one of this.form?.elements || []) {
      if (one.name !== name || one.type === "hidden") continue;
      if (one.type === "radio") one.checked = one.value === String(value);
      else if (document.activeElement !== one) one.value = one.dataset.told = value;
    }
  }

  // --- sending: one at a time, the oldest first

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), pause);
  }

  // What is put needs not wait for what earlier pages left: the server knows which is newer.
  async wake() {
    if (!this.held && !this.met) this.meet();
    if (!this.held || this.held === "lost") return this.send();
    if (document.visibilityState === "hidden") return this.later(RETRY);
    const who = await this.store.unlock();
    if (who === "out" || who === "other") return this.shut(who);
    if (who === "lost") return this.later(RETRY);
    this.held = "lost";
    return this.met ? this.send() : this.meet();
  }

  next() {
    return [...this.slots.values()].filter((slot) => !slot.refused).sort((one, other) => one.sequence - other.sequence)[0];
  }

  send() {
    clearTimeout(this.timer);
    if (!this.next()) return this.busy;
    return (this.busy ||= this.drain().finally(() => { this.busy = null; }));
  }

  async drain() {
    let slot, at = "";
    while ((slot = this.next())) {
      if (!this.held) this.line.say("Сохраняем…", "busy");
      const answer = await this.store.post(slot.url, new URLSearchParams({ field: slot.name, [slot.name]: slot.value, sequence: slot.sequence }));
      if (!this.take(slot, answer)) return false;
      at = answer.at || at;
    }
    const wrong = [...this.slots.values()].find((one) => one.refused);
    if (wrong) this.line.say(wrong.refused, "lost");
    else if (this.news) this.line.say(this.news, "saved");
    else if (this.held) this.line.say("Связь есть, всё сохранено", "saved");
    else if (at) this.line.say(`Сохранено в ${at}`, "saved");
    this.held = this.news = "";
    return true;
  }

  take(slot, answer) {
    if (answer.status === 200) return this.taken(slot, answer);
    if (answer.status === 401 || answer.who === "out" || answer.who === "other") return this.shut(answer.who || "out", answer.login);
    if (NO.includes(answer.status) || (answer.status === 403 && answer.who === "mine")) {
      slot.refused = answer.error || "Балл не принят. Обновите страницу.";
      return true;
    }
    this.held = "lost";
    this.line.say(`Нет связи. ${this.keeps}, отправим сами`, "lost");
    this.later(RETRY);
    return false;
  }

  taken(slot, answer) {
    const key = this.key(slot.name, slot.url), own = slot.url === this.dataset.url;
    if (this.slots.get(key) === slot) {
      this.slots.delete(key);
      this.acked.set(key, slot.sequence);
      this.store.drop(slot.id);
      if (own && answer.newest === false) this.newer(slot, answer);
    }
    this.tell();
    if (own) this.dispatchEvent(new CustomEvent("saved", { bubbles: true, detail: answer }));
    return true;
  }

  // Somewhere else the same person has put something newer: that is what counts, and the page says so.
  newer({ name, value }, { marks }) {
    if (marks && name in marks) {
      this.fill(name, marks[name] ?? "");
      this.news = "На другом устройстве уже стоит более новый балл, показали его";
    } else this.news = `На другом устройстве записан более новый текст. Прежний: «${value}»`;
  }

  shut(who, login = location.href) {
    this.held = who;
    if (who === "out") this.line.say(`Вы вышли из системы. ${this.keeps}, отправим, когда войдёте снова.`, "lost", { text: "Войти", href: login });
    else this.line.say(`В этом браузере вошёл другой человек. ${this.keeps}, отправим, когда войдёте вы.`, "lost");
    this.later(RETRY);
    return false;
  }

  // The button first sends what still waits; pressed again without a network it goes with everything on board.
  async submit(event) {
    if (this.passing || !(this.busy || this.next()) || (this.stuck && this.held === "lost")) return;
    event.preventDefault();
    const { submitter } = event;
    clearTimeout(this.timer);
    while (!this.held && (this.busy || this.next())) await this.send();
    if (this.held && !(await this.wake())) { this.stuck = true; return; }
    this.passing = true;
    this.form.requestSubmit(submitter);
    this.passing = false;
  }
}
customElements.define("mark-queue", MarkQueue);
