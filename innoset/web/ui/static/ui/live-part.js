// <live-part data-url data-every="2000" data-etag>: keeps a part of the page as the server has it.
// Asks with If-None-Match, so nothing comes while nothing has changed. The header Server-Now (milliseconds) goes on
// to the timers as a `server-now` event. What has the focus keeps it when the part is replaced. A part with
// data-go leads the page there, unless a <mark-queue> has told that marks still wait.
const PATIENCE = 8000;

class LivePart extends HTMLElement {
  connectedCallback() {
    this.etag = this.dataset.etag || "";
    this.waiting = 0;
    this.hear = (event) => { this.waiting = event.detail.waiting; };
    this.hurry = () => { if (document.visibilityState === "visible") this.ask(); };
    document.addEventListener("queue", this.hear);
    document.addEventListener("visibilitychange", this.hurry);
    globalThis.addEventListener("online", this.hurry);
    this.timer = setInterval(() => this.ask(), Number(this.dataset.every) || 3000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("queue", this.hear);
    document.removeEventListener("visibilitychange", this.hurry);
    globalThis.removeEventListener("online", this.hurry);
  }

  async ask() {
    if (this.busy) return;
    this.busy = true;
    try {
      const answer = await fetch(this.dataset.url, {
        headers: { "If-None-Match": this.etag }, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
      });
      this.lost(answer.status !== 200 && answer.status !== 304);
      const now = Number(answer.headers.get("Server-Now"));
      if (answer.status === 200) this.replace(await answer.text(), answer.headers.get("ETag"));
      if (now) document.dispatchEvent(new CustomEvent("server-now", { detail: now }));
    } catch {
      this.lost(true);
    } finally {
      this.busy = false;
    }
  }

  replace(html, etag) {
    this.etag = etag || "";
    const held = this.contains(document.activeElement) && document.activeElement;
    const key = held && (held.id ? `#${CSS.escape(held.id)}` : held.value && `button[value="${CSS.escape(held.value)}"]`);
    this.innerHTML = html;
    if (held) (key && this.querySelector(key) || this.querySelector("button") || this).focus?.();
    this.follow();
  }

  follow() {
    const go = this.querySelector("[data-go]");
    if (go && !this.waiting) location.assign(go.dataset.go);
  }

  lost(is) {
    this.toggleAttribute("data-lost", is);
    const told = this.nextElementSibling;
    if (told?.classList.contains("live-lost")) told.hidden = !is;
  }
}
customElements.define("live-part", LivePart);
