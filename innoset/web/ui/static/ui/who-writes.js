// <who-writes data-url>: «Правит ещё: Ремель О. Л. (поле 8)».
//
// Tells data-url every 15 seconds, and when the focus moves, in which field the person is: `field` = its name.
// The answer is {"others": [{"who", "field"}]}. A page that nobody looks at keeps silent.
const EVERY = 15000, SETTLE = 300;

class WhoWrites extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.url) return;
    this.moved = () => this.later(SETTLE);
    document.addEventListener("focusin", this.moved);
    document.addEventListener("visibilitychange", this.moved);
    this.tell();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("focusin", this.moved);
    document.removeEventListener("visibilitychange", this.moved);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), pause);
  }

  // Where the person is: a control of a form that saves itself, or nowhere.
  get field() {
    const at = document.activeElement;
    return at?.closest("autosave-form") && at.form && at.type !== "hidden" && at.type !== "submit" ? at.name : "";
  }

  async tell() {
    if (document.visibilityState === "visible" && !this.busy) {
      this.busy = true;
      this.show(await this.ask());
      this.busy = false;
    }
    if (this.isConnected) this.later(EVERY);
  }

  async ask() {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
    try {
      const answer = await fetch(this.dataset.url, {
        method: "POST", redirect: "error", signal: AbortSignal.timeout(EVERY),
        body: new URLSearchParams({ field: this.field, csrfmiddlewaretoken: token }),
        headers: { Accept: "application/json", "X-Autosave": "1" },
      });
      return answer.ok ? (await answer.json()).others : [];
    } catch {
      return []; // what is not known is not said
    }
  }

  show(others) {
    const names = others.map(({ who, field }) => (field ? `${who} (поле ${field})` : who));
    this.textContent = names.length ? `${names.length > 1 ? "Правят" : "Правит"} ещё: ${names.join(", ")}` : "";
  }
}
customElements.define("who-writes", WhoWrites);
