// <left-drafts data-url>: sends the texts that pages of a form left on this computer when they died.
//
// It looks into the <draft-store> beside it, takes over what no living tab answers for, and posts it in the order
// it was typed, each text with its own key and the version its author saw. A form around it hears the event `left`
// with {id, name, text, replay, status, …answer} and takes what it can show; the rest is told of here.
const RETRY = 4000, SWEEP = 60000;
const GONE = [400, 403, 404, 409, 410, 413, 422];

class LeftDrafts extends HTMLElement {
  connectedCallback() {
    if (this.letters) return;
    this.letters = [];
    this.store = (this.closest("autosave-form") || this).querySelector("draft-store");
    // A page that opens behind another looks again until somebody looks at it.
    this.hurry = () => {
      clearTimeout(this.asleep);
      if (document.visibilityState === "visible") this.sweep();
      else this.asleep = setTimeout(this.hurry, RETRY);
    };
    for (const what of ["online", "focus"]) addEventListener(what, this.hurry);
    document.addEventListener("visibilitychange", this.hurry);
    customElements.whenDefined("draft-store").then(this.hurry);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    clearTimeout(this.asleep);
    for (const what of ["online", "focus"]) removeEventListener(what, this.hurry);
    document.removeEventListener("visibilitychange", this.hurry);
  }

  sweep() {
    return (this.busy ||= this.look().finally(() => { this.busy = null; }));
  }

  async look() {
    clearTimeout(this.timer);
    const who = await this.store.unlock();
    if (who === "mine") this.letters.push(...await this.store.left(this.dataset.url));
    const through = who === "mine" && await this.deliver();
    this.timer = setTimeout(() => this.sweep(), through || who === "other" ? SWEEP : RETRY);
  }

  async deliver() {
    while (this.letters.length) {
      const [letter] = this.letters, answer = await this.post(letter);
      if (answer.status !== 200 && !GONE.includes(answer.status)) return false;
      const save = letter.content.saves.shift();
      if (answer.status === 200) letter.content.seen = answer.version;
      if (letter.content.saves.length) continue;
      this.letters.shift();
      this.arrived(letter, save, answer);
    }
    return true;
  }

  post({ field, content: { seen, saves: [save] } }) {
    const body = new URLSearchParams({ field, replay: save.replay });
    if (seen) body.append(`seen-${field}`, seen);
    for (const value of JSON.parse(save.text)) body.append(field, value);
    return this.store.post(this.dataset.url, body);
  }

  arrived({ id, field, content }, { text, replay }, answer) {
    const through = answer.status === 200;
    // A clash stays here until the person has chosen.
    if (through || (answer.kept && !answer.theirs)) this.store.drop(id);
    const detail = { id, name: field, text, replay, ...answer };
    if (!this.dispatchEvent(new CustomEvent("left", { bubbles: true, cancelable: true, detail }))) return;
    if (through) this.note(`Отправлен текст, который оставался на этом компьютере: поле ${field}.`);
    else this.note(`На этом компьютере остался неотправленный текст: поле ${field}.`, `${content.page}#id_${field}`);
  }

  note(text, href) {
    const line = document.createElement("p");
    line.className = "saved";
    line.dataset.state = href ? "lost" : "saved";
    line.append(text);
    if (href) line.append(" ", Object.assign(document.createElement("a"), { href, textContent: "Открыть" }));
    this.append(line);
  }
}
customElements.define("left-drafts", LeftDrafts);
