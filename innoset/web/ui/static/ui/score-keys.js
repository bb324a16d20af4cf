// <score-keys>: number keys set the mark of the current criterion, up and down go between criteria.
// A criterion is a fieldset with radios. The keys can be switched off; the choice is remembered.
const MEMORY = "score-keys";

class ScoreKeys extends HTMLElement {
  connectedCallback() {
    this.listen = (event) => this.press(event);
    document.addEventListener("keydown", this.listen);
    this.offer();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  offer() {
    if (this.querySelector("[data-keys]")) return;
    const label = document.createElement("label");
    this.on = document.createElement("input");
    label.className = "choice small no-print";
    label.dataset.keys = "";
    this.on.type = "checkbox";
    this.on.checked = this.remembered();
    this.on.addEventListener("change", () => this.remember());
    const words = document.createElement("span");
    words.textContent = "Клавиши: цифры ставят балл, стрелки вверх и вниз меняют критерий";
    label.append(this.on, words);
    this.prepend(label);
  }

  remembered() {
    try { return localStorage.getItem(MEMORY) !== "off"; } catch { return true; }
  }

  remember() {
    try { localStorage.setItem(MEMORY, this.on.checked ? "on" : "off"); } catch { /* private window */ }
  }

  criteria() {
    return [...this.querySelectorAll("fieldset")].filter((one) => one.querySelector("input[type=radio]"));
  }

  current() {
    const inside = document.activeElement && document.activeElement.closest("fieldset");
    const all = this.criteria();
    return all.includes(inside) ? inside : all.find((one) => !one.querySelector(":checked")) || all[0];
  }

  press(event) {
    if (!this.on.checked || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = event.target;
    if (at.matches && at.matches("textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]")) return;
    if (/^[0-9]$/.test(event.key)) this.mark(event);
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && this.contains(at)) this.go(event);
  }

  mark(event) {
    const criterion = this.current();
    const radio = criterion && criterion.querySelector(`input[type=radio][value="${event.key}"]`);
    if (!radio) return;
    event.preventDefault();
    radio.focus();
    if (!radio.checked) radio.click();
  }

  go(event) {
    const all = this.criteria();
    const to = all[all.indexOf(this.current()) + (event.key === "ArrowDown" ? 1 : -1)];
    // Else the browser would go on to the next radio and change the mark of the last criterion.
    event.preventDefault();
    if (!to) return;
    (to.querySelector(":checked") || to.querySelector("input[type=radio]")).focus();
  }
}
customElements.define("score-keys", ScoreKeys);
