// <count-down until="ISO time" now="ISO time">: keeps «осталось 2 дня 4 ч» true while the page is open.
// The server says what time it is; this computer's clock only measures how long the page has been open.
const plural = (n, one, few, many) => {
  const tens = Math.floor((n % 100) / 10), units = n % 10;
  return tens === 1 || units === 0 || units > 4 ? many : units === 1 ? one : few;
};

class CountDown extends HTMLElement {
  connectedCallback() {
    this.until = new Date(this.getAttribute("until"));
    this.ahead = new Date(this.getAttribute("now") || Date.now()) - Date.now();
    this.timer = setInterval(() => this.show(), 60000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const rest = this.until - (Date.now() + this.ahead);
    if (rest <= 0) {
      this.textContent = "срок прошёл";
      clearInterval(this.timer);
      return;
    }
    const minutes = Math.max(1, Math.floor(rest / 60000));
    const days = Math.floor(minutes / 1440), hours = Math.floor((minutes % 1440) / 60);
    const words = days
      ? `${days}\u00a0${plural(days, "день", "дня", "дней")}` + (hours ? `\u00a0${hours}\u00a0ч` : "")
      : (hours ? `${hours}\u00a0ч\u00a0` : "") + `${minutes % 60}\u00a0мин`;
    this.textContent = `${days ? plural(days, "остался", "осталось", "осталось") : "осталось"} ${words}`;
  }
}
customElements.define("count-down", CountDown);
