// <row-ticks>: ticks of a list go in runs with Shift, all at once from the heading, and are counted.
const plural = (n, one, few, many) => {
  const tens = Math.floor((n % 100) / 10), units = n % 10;
  return tens === 1 || units === 0 || units > 4 ? many : units === 1 ? one : few;
};

class RowTicks extends HTMLElement {
  connectedCallback() {
    if (this.all || !this.querySelector("tbody .tick input")) return;
    this.offer();
    this.addEventListener("click", (event) => this.click(event));
    this.show();
  }

  ticks() {
    return [...this.querySelectorAll("tbody .tick input")];
  }

  offer() {
    const place = this.querySelector(".bulk");
    if (!place) return;
    const label = document.createElement("label");
    this.all = document.createElement("input");
    this.all.type = "checkbox";
    label.className = "choice";
    const words = document.createElement("span");
    words.textContent = "Все на странице";
    label.append(this.all, words);
    this.all.addEventListener("change", () => { this.set(this.ticks(), this.all.checked); });
    this.count = document.createElement("span");
    this.count.setAttribute("role", "status");
    place.prepend(label, this.count);
  }

  click(event) {
    const ticks = this.ticks(), at = ticks.indexOf(event.target);
    if (at < 0) return;
    if (event.shiftKey && this.last !== undefined) {
      const run = ticks.slice(Math.min(at, this.last), Math.max(at, this.last) + 1);
      this.set(run, event.target.checked);
    }
    this.last = at;
    this.show();
  }

  set(ticks, checked) {
    ticks.forEach((tick) => { tick.checked = checked; });
    this.show();
  }

  show() {
    const ticks = this.ticks(), chosen = ticks.filter((tick) => tick.checked).length;
    ticks.forEach((tick) => tick.closest("tr").classList.toggle("chosen", tick.checked));
    if (!this.all) return;
    this.all.checked = chosen === ticks.length;
    this.all.indeterminate = chosen > 0 && chosen < ticks.length;
    this.count.textContent = chosen
      ? `${plural(chosen, "Выбрана", "Выбраны", "Выбрано")} ${chosen} ${plural(chosen, "строка", "строки", "строк")}`
      : "Ничего не выбрано";
  }
}
customElements.define("row-ticks", RowTicks);
