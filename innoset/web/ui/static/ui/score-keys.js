// <score-keys>: a sheet without a mouse. A criterion is a fieldset with radios.
//
// A digit puts the mark and goes on: to the comment if this mark needs one (data-below, data-above, data-always of
// the fieldset), else to the next criterion without a mark, at the end to the button of finishing. Keys are told by
// their place on the keyboard, so they work in any layout; the person may change them, or switch them all off.
const MEMORY = "score-keys";
const ACTS = [
  ["down", "Следующий критерий", "ArrowDown"], ["up", "Предыдущий критерий", "ArrowUp"],
  ["none", "Не применимо", "Minus"], ["next", "Следующее дело", "BracketRight"], ["prev", "Предыдущее дело", "BracketLeft"],
  ["search", "Поиск в тексте", "Slash"], ["quote", "Добавить выделенное в пояснение", "KeyQ"],
  ["finish", "Проверить и завершить", "Ctrl+Enter"], ["leave", "Выйти из поля", "Escape"], ["help", "Эта подсказка", "Shift+Slash"],
];
const NAMES = {
  ArrowDown: "↓", ArrowUp: "↑", Minus: "−", BracketRight: "] (ъ)", BracketLeft: "[ (х)", Slash: "/ (слева от правого Shift)",
  KeyQ: "Q (й)", "Ctrl+Enter": "Ctrl + Enter", Escape: "Esc", "Shift+Slash": "? (Shift и /)",
};
const spelled = ({ ctrlKey, metaKey, shiftKey, altKey, code }) =>
  `${ctrlKey || metaKey ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}${shiftKey ? "Shift+" : ""}${code}`;
const made = (tag, parts = {}, ...inside) => {
  const one = Object.assign(document.createElement(tag), parts);
  one.append(...inside);
  return one;
};

class ScoreKeys extends HTMLElement {
  connectedCallback() {
    this.listen = (event) => this.press(event);
    document.addEventListener("keydown", this.listen);
    this.known = { off: false, keys: {} };
    try { Object.assign(this.known, JSON.parse(localStorage.getItem(MEMORY))); } catch { /* a private window, or an older note */ }
    this.offer();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  remember() {
    try { localStorage.setItem(MEMORY, JSON.stringify(this.known)); } catch { /* a private window */ }
  }

  offer() {
    if (this.querySelector("[data-keys]")) return;
    this.on = made("input", { type: "checkbox", checked: !this.known.off });
    this.on.dataset.noQueue = "";
    this.on.addEventListener("change", () => { this.known.off = !this.on.checked; this.remember(); });
    const words = made("span", {}, "Клавиши: цифры ставят балл, стрелки вверх и вниз меняют критерий");
    const help = made("button", { type: "button", className: "link-button", onclick: () => this.help() }, "Все клавиши");
    const row = made("div", { className: "row no-print" }, made("label", { className: "choice small" }, this.on, words), help);
    row.dataset.keys = "";
    this.prepend(row);
  }

  // --- which key does what

  key(act) {
    return this.known.keys[act] || ACTS.find(([name]) => name === act)[2];
  }

  press(event) {
    const at = event.target, said = spelled(event), act = ACTS.map(([name]) => name).find((name) => this.key(name) === said);
    if (this.asked) return this.take(event, said);
    if (!this.on.checked || document.querySelector("dialog[open]")) return;
    const typing = at.matches?.("textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]");
    if (typing && act !== "finish" && act !== "leave") return;
    if (/^[0-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) return this.mark(event, event.key);
    if (act && this[`on_${act}`](at, typing) !== false) event.preventDefault();
  }

  on_down(at) { return this.go(at, 1); }
  on_up(at) { return this.go(at, -1); }
  on_none() { return this.put("na"); }
  on_next() { return this.follow("next"); }
  on_prev() { return this.follow("prev"); }
  on_help() { this.help(); }
  on_search() { return this.call("search"); }
  on_quote() { return this.call("quote"); }

  on_leave(at, typing) {
    if (!typing) return false;
    const home = at.closest("fieldset");
    if (home && this.contains(home)) this.radio(home).focus();
    else at.blur();
  }

  on_finish() {
    const button = this.finisher;
    if (!button) return false;
    button.click();
  }

  follow(where) {
    const link = document.querySelector(`a[rel=${where}]`);
    if (!link) return false;
    link.click();
  }

  call(what) {
    return !document.dispatchEvent(new CustomEvent(`desk-${what}`, { cancelable: true }));
  }

  // --- criteria

  get finisher() {
    return this.closest("form")?.querySelector("button[name=then][value=finish]");
  }

  criteria() {
    return [...this.querySelectorAll("fieldset")].filter((one) => one.querySelector("input[type=radio]"));
  }

  radio(criterion) {
    return criterion.querySelector(":checked") || criterion.querySelector("input[type=radio]");
  }

  current() {
    const inside = document.activeElement?.closest("fieldset"), all = this.criteria();
    return all.includes(inside) ? inside : all.find((one) => !one.querySelector(":checked")) || all[0];
  }

  mark(event, value) {
    if (this.put(value) !== false) event.preventDefault();
  }

  put(value) {
    const criterion = this.current(), radio = criterion?.querySelector(`input[type=radio][value="${value}"]`);
    if (!radio || radio.disabled) return false;
    radio.focus();
    if (!radio.checked) radio.click();
    this.onward(criterion, value);
  }

  onward(criterion, value) {
    const { below, above, always } = criterion.dataset, area = criterion.querySelector("textarea");
    const far = value !== "na" && ((below && Number(value) <= Number(below)) || (above && Number(value) >= Number(above)));
    if (area && !area.value.trim() && (always || far)) return area.focus();
    const all = this.criteria(), place = all.indexOf(criterion);
    const empty = [...all.slice(place + 1), ...all.slice(0, place)].find((one) => !one.querySelector(":checked"));
    (empty ? this.radio(empty) : this.finisher || this.radio(criterion)).focus();
  }

  // Else the browser would go on to the next radio and change the mark of the last criterion.
  go(at, step) {
    const all = this.criteria(), from = this.contains(at) || at === this.finisher;
    if (!from) return false;
    const to = this.contains(at) ? all[all.indexOf(this.current()) + step] : all.at(-1);
    if (to) this.radio(to).focus();
  }

  // --- the list of keys, where they may be changed

  help() {
    this.sheet?.remove();
    const rows = ACTS.map(([act, title]) => {
      const key = this.key(act), button = made("button", { type: "button", className: "button second small" }, NAMES[key] || key);
      button.onclick = () => { this.asked = { act, button }; button.textContent = "Нажмите клавишу…"; };
      return made("tr", {}, made("td", {}, title), made("td", {}, button));
    });
    const digits = made("tr", {}, made("td", {}, "Поставить балл"), made("td", {}, "0–9"));
    const usual = made("button", { type: "button", className: "link-button", onclick: () => this.reset() }, "Вернуть как было");
    const close = made("button", { type: "button", className: "button small", onclick: () => this.sheet.close() }, "Закрыть");
    const table = made("table", { className: "table" }, made("tbody", {}, digits, ...rows));
    const note = made("p", { className: "quiet small" }, "Нажмите на клавишу, чтобы заменить её. Стрелки влево и вправо меняют поставленный балл. Выбор хранится в этом браузере.");
    this.sheet = made("dialog", { className: "panel keys" }, made("h2", {}, "Клавиши"), table, note, made("div", { className: "row" }, close, usual));
    this.sheet.setAttribute("aria-label", "Клавиши");
    this.sheet.onclose = () => { this.asked = null; };
    this.append(this.sheet);
    this.sheet.showModal();
  }

  take(event, said) {
    if (["ShiftLeft", "ShiftRight", "ControlLeft", "ControlRight", "AltLeft", "AltRight"].includes(event.code)) return;
    event.preventDefault();
    const { act, button } = this.asked, other = ACTS.find(([name]) => name !== act && this.key(name) === said);
    this.asked = null;
    if (other || said === "Tab" || said === "Enter" || /^Digit\d|^Numpad\d/.test(said)) button.textContent = "Занято, выберите другую";
    else {
      this.known.keys[act] = said;
      this.remember();
      button.textContent = NAMES[said] || said;
    }
  }

  reset() {
    this.known.keys = {};
    this.remember();
    this.help();
  }
}
customElements.define("score-keys", ScoreKeys);
