// <upload-file data-start data-limit>: sends the chosen file of its form in pieces and goes on after a cut.
//
// It posts name, size and title to data-start: 200 {url, received, sha256, chunk}. A file begun before is found
// by name and size and continued, if what has arrived is its beginning. Pieces go to `url` with Upload-Offset:
// 200 {received} or {done, page} · 409 {received}: the true place · 404: forgotten, begin anew · 422 {error}: not
// taken · 401, 403, 507 {error}: later. Anything else counts as no connection. Without this the form is a form.
const LEAST = 64 * 1024;
const PATIENCE = 120000;
const SPEAK = 15000;
const LONGEST_WAIT = 30000;

class Stopped extends Error {}

class UploadFile extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.form && this.form.querySelector("input[type=file]");
    if (!this.input || this.shown) return;
    this.draw();
    this.warn = (event) => { if (this.isBusy()) event.preventDefault(); };
    this.hurry = () => { if (this.wake) this.wake(); };
    this.input.addEventListener("change", () => this.judge());
    this.form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("beforeunload", this.warn);
    addEventListener("online", this.hurry);
  }

  disconnectedCallback() {
    this.stop();
    removeEventListener("beforeunload", this.warn);
    removeEventListener("online", this.hurry);
  }

  draw() {
    this.shown = document.createElement("div");
    this.shown.className = "progress";
    this.shown.innerHTML = "<div class=\"row\"><span></span><b></b></div><progress value=\"0\" max=\"1\"></progress><p class=\"saved\"></p><div class=\"row\"><button type=\"button\" class=\"link-button\"></button></div><span class=\"sr\" role=\"status\"></span>";
    [this.caption, this.count, this.bar, this.state, this.button, this.spoken] = ["span", "b", "progress", ".saved", "button", "[role=status]"].map((one) => this.shown.querySelector(one));
    this.button.addEventListener("click", () => (this.isBusy() ? this.stop("Загрузка остановлена. Загруженное сохранено") : this.send()));
  }

  // What the browser knows already must not cost an hour of sending.
  judge() {
    const file = this.input.files[0];
    const most = Number(this.dataset.limit);
    if (file && file.size > most) return this.refuse(`Файл «${file.name}» больше ${most / 2 ** 20} МБ. Уменьшите его и выберите снова.`);
    if (file && !file.size) return this.refuse(`Файл «${file.name}» пустой. Выберите другой файл.`);
    return this.refuse("");
  }

  refuse(text) {
    const field = this.input.closest(".field") || this.form;
    for (const old of field.querySelectorAll(".error")) old.remove();
    this.input.toggleAttribute("aria-invalid", Boolean(text));
    field.classList.toggle("wrong", Boolean(text));
    if (!text) return true;
    const said = document.createElement("p");
    said.className = "error";
    said.setAttribute("role", "alert");
    said.textContent = text;
    this.input.parentElement.insertAdjacentElement("beforebegin", said);
    return false;
  }

  submit(event) {
    if (!this.input.files.length) return;
    event.preventDefault();
    if (this.judge() && !this.isBusy()) this.send();
  }

  isBusy() {
    return Boolean(this.busy) && !this.busy.signal.aborted;
  }

  // One sending at a time: a stopped one comes to its end first.
  send() {
    const before = this.ending;
    this.ending = (async () => { await before; await this.run(this.input.files[0]); })();
  }

  async run(file) {
    if (!file) return;
    this.busy = new AbortController();
    this.form.insertAdjacentElement("afterend", this.shown);
    this.caption.textContent = file.name;
    this.bar.setAttribute("aria-label", `Загрузка: ${file.name}`);
    this.button.textContent = "Остановить";
    this.failures = 0;
    this.lost = false;
    this.place = null;
    try {
      const page = await this.carry(file);
      this.say("Файл загружен", "saved");
      this.busy = null;
      location.assign(page);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    } finally {
      this.busy = null;
    }
  }

  async carry(file) {
    for (;;) {
      if (this.busy.signal.aborted) throw new Stopped();
      const answer = this.place ? await this.piece(file) : await this.begin(file);
      if (answer.done) return answer.page;
    }
  }

  async begin(file) {
    const body = new FormData(this.form);
    body.delete(this.input.name);
    body.append("name", file.name);
    body.append("size", file.size);
    this.place = await this.ask(this.dataset.start, body);
    if (!this.place) return {};
    this.size = this.place.chunk;
    if (this.place.received && !(await this.isBeginning(file))) {
      await this.ask(this.place.drop, this.withToken());
      this.place = null;
      return {};
    }
    this.draught(this.place.received, file);
    return this.place;
  }

  // Another file of the same name and size must not be glued to the first half of this one.
  async isBeginning(file) {
    if (!crypto.subtle) return false;
    this.say("Сверяем с тем, что уже загружено…", "busy");
    const head = await file.slice(0, this.place.received).arrayBuffer().catch(() => this.unreadable());
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", head));
    return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("") === this.place.sha256;
  }

  unreadable() {
    this.stop("Файл на компьютере изменился или закрыт. Выберите его снова");
    throw new Stopped();
  }

  async piece(file) {
    const { received, url } = this.place;
    const data = await file.slice(received, received + this.size).arrayBuffer().catch(() => this.unreadable());
    const answer = await this.ask(url, data, received, file);
    if (!answer) return {};
    if (answer.received !== undefined) this.place.received = answer.received;
    this.draught(this.place.received, file);
    return answer;
  }

  // Answers with JSON, or with nothing when it is to be tried again; a "no" ends the sending.
  async ask(url, body, offset, file) {
    const { status, answer } = await this.post(url, body, offset, file);
    if (status === 200 || status === 409) {
      if (this.lost) this.say("Связь есть, загрузка продолжается", "saved");
      this.failures = 0;
      this.lost = false;
      if (this.place) this.size = Math.min(this.size * 2, this.place.chunk);
      return answer;
    }
    if (status === 404 && this.place) { this.place = null; return null; }
    if (status === 422) { this.stop(); this.shown.remove(); this.refuse(answer.error); throw new Stopped(); }
    if (status === 507 || (status >= 400 && status < 500 && ![408, 425, 429].includes(status))) { this.stop(answer.error || "Сервер не принял файл. Обновите страницу и выберите файл снова"); throw new Stopped(); }
    await this.wait();
    return null;
  }

  post(url, body, offset, file) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const signal = this.busy.signal;
      const end = () => { signal.removeEventListener("abort", cut); resolve({ status: request.status, answer: UploadFile.parsed(request.responseText) }); };
      const cut = () => request.abort();
      signal.addEventListener("abort", cut);
      request.open("POST", url);
      request.timeout = PATIENCE;
      request.setRequestHeader("X-CSRFToken", this.token());
      request.setRequestHeader("X-Autosave", "1");
      if (offset !== undefined) {
        request.setRequestHeader("Content-Type", "application/octet-stream");
        request.setRequestHeader("Upload-Offset", offset);
        request.upload.onprogress = (event) => this.draught(offset + event.loaded, file);
      }
      request.onloadend = end;
      request.send(body);
    });
  }

  static parsed(text) {
    try { return JSON.parse(text); } catch { return {}; }
  }

  token() {
    return this.form.querySelector("input[name=csrfmiddlewaretoken]").value;
  }

  withToken() {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.token());
    return body;
  }

  // The line is weak: smaller pieces, longer pauses; a click or the network's return cuts the pause short.
  async wait() {
    if (this.busy.signal.aborted) throw new Stopped();
    this.failures += 1;
    this.lost = true;
    if (this.size) this.size = Math.max(LEAST, Math.floor(this.size / 2));
    this.say("Нет связи. Загрузка продолжится сама, не закрывайте страницу", "lost");
    await new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, Math.min(500 * 2 ** this.failures, LONGEST_WAIT));
    });
    this.wake = null;
  }

  stop(text) {
    if (!this.isBusy()) return;
    this.busy.abort();
    if (this.wake) this.wake();
    this.button.textContent = "Продолжить";
    if (text) this.say(text, "lost");
  }

  draught(sent, file) {
    if (!this.isBusy()) return;
    const most = Math.min(sent, file.size);
    const text = `Загружено ${UploadFile.mega(most)} из ${UploadFile.mega(file.size)} МБ`;
    this.bar.max = file.size;
    this.bar.value = most;
    this.bar.textContent = text;
    this.count.textContent = text;
    if (!this.lost) this.say("Загружаем…", "busy", text);
  }

  static mega(bytes) {
    return (bytes / 2 ** 20).toFixed(1).replace(".", ",");
  }

  say(text, state, aloud = text) {
    this.state.textContent = text;
    this.state.dataset.state = state;
    const now = Date.now();
    if (state === "busy" && now - (this.spokenAt || 0) < SPEAK) return;
    this.spokenAt = now;
    this.spoken.textContent = aloud;
  }
}
customElements.define("upload-file", UploadFile);
