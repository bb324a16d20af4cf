// <live-timer began="ISO" now="ISO" seconds="600" paused="ISO">: counts a phase down, and over: «3:05», «+0:40».
// Only the server's clock counts: `now` is it when the page was made, and a `server-now` event on the document
// (detail: milliseconds) sets it right. This computer's clock is never asked, its running time measures between.
class LiveTimer extends HTMLElement {
  connectedCallback() {
    this.began = Date.parse(this.getAttribute("began"));
    this.paused = Date.parse(this.getAttribute("paused"));
    this.limit = Number(this.getAttribute("seconds"));
    this.set(Date.parse(this.getAttribute("now")));
    this.hear = (event) => this.set(event.detail);
    document.addEventListener("server-now", this.hear);
    this.timer = setInterval(() => this.show(), 250);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("server-now", this.hear);
  }

  set(now) {
    this.ahead = now - performance.now();
    this.show();
  }

  show() {
    const at = this.paused || this.ahead + performance.now();
    const left = this.limit - Math.max(0, Math.floor((at - this.began) / 1000)), rest = Math.abs(left);
    const text = `${left < 0 ? "+" : ""}${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
    if (this.textContent !== text) this.textContent = text;
    this.classList.toggle("bad", left < 0);
  }
}
customElements.define("live-timer", LiveTimer);
