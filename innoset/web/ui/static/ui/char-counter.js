// <char-counter for="id" limit="3000">: says how much has been typed; announces when typing stops.
const group = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
const plural = (n, one, few, many) => {
  const tens = Math.floor((n % 100) / 10), units = n % 10;
  return tens === 1 || units === 0 || units > 4 ? many : units === 1 ? one : few;
};

class CharCounter extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"));
    if (!this.field) return;
    this.limit = Number(this.getAttribute("limit"));
    this.replaceChildren(this.shown = document.createElement("span"), this.spoken = document.createElement("span"));
    this.shown.setAttribute("aria-hidden", "true");
    this.spoken.className = "sr";
    this.spoken.setAttribute("role", "status");
    this.listen = () => this.count();
    this.field.addEventListener("input", this.listen);
    this.show();
  }

  disconnectedCallback() {
    clearTimeout(this.pause);
    if (this.field) this.field.removeEventListener("input", this.listen);
  }

  count() {
    this.show();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => { this.spoken.textContent = this.shown.textContent; }, 1000);
  }

  show() {
    // As the server counts: a line break is one sign, and so is a picture that takes two units here.
    const typed = [...this.field.value.replace(/\r\n?/g, "\n")].length;
    const over = typed - this.limit;
    this.classList.toggle("over", over > 0);
    this.shown.textContent = over > 0
      ? `На ${group(over)} ${plural(over, "знак", "знака", "знаков")} больше, чем можно`
      : `${group(typed)} из ${group(this.limit)} ${plural(this.limit, "знака", "знаков", "знаков")}`;
  }
}
customElements.define("char-counter", CharCounter);
