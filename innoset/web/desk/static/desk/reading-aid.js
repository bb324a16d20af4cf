// <reading-aid>: round a document (#document) and its criteria (#rubric): lights what a criterion speaks of, searches
// the text, adds a selected quote to the explanation, and on a narrow screen makes two tabs of the two sides.
const QUOTE = 400, MOST = 200, NARROW = "(max-width: 57.99rem)";
const made = (tag, parts = {}, ...inside) => {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(parts)) name in one && name !== "role" ? (one[name] = value) : one.setAttribute(name, value);
  one.append(...inside);
  return one;
};

class ReadingAid extends HTMLElement {
  connectedCallback() {
    if (this.text) return;
    this.text = this.querySelector("#document");
    this.rubric = this.querySelector("#rubric");
    this.screen = matchMedia(NARROW);
    this.heard = [
      [document, "selectionchange", () => this.selected()], [document, "desk-search", (event) => this.call(event, () => this.look())],
      [document, "desk-quote", (event) => this.call(event, () => this.quote())], [this.screen, "change", () => this.split()],
    ];
    for (const [where, what, how] of this.heard) where.addEventListener(what, how);
    this.rubric.addEventListener("focusin", (event) => this.light(event.target.closest("fieldset.criterion")));
    this.addEventListener("click", (event) => this.jump(event));
    this.offer();
    this.split();
  }

  disconnectedCallback() {
    for (const [where, what, how] of this.heard) where.removeEventListener(what, how);
    document.documentElement.classList.remove("has-bar");
  }

  call(event, deed) {
    event.preventDefault();
    deed();
  }

  offer() {
    this.field = made("input", { type: "search", className: "input" });
    this.field.setAttribute("aria-label", "Поиск в тексте");
    this.field.placeholder = "Поиск в тексте";
    this.field.addEventListener("input", () => this.find());
    this.field.addEventListener("keydown", (event) => { if (event.key === "Enter") this.call(event, () => this.step(event.shiftKey ? -1 : 1)); });
    this.count = made("span", { className: "quiet small" });
    this.count.setAttribute("role", "status");
    this.pick = made("button", { type: "button", className: "button second small", hidden: true, onclick: () => this.quote() });
    // A press would take the selection away before it is read.
    this.pick.addEventListener("pointerdown", (event) => event.preventDefault());
    this.bar = made("div", { className: "aid row no-print" }, this.field, this.count, this.pick);
    this.text.prepend(this.bar);
  }

  // --- what a criterion speaks of

  light(criterion) {
    if (!criterion || criterion === this.lit) return;
    this.lit = criterion;
    const own = [...this.text.querySelectorAll(`a[href="#${criterion.id}"]`)].map((link) => link.closest("section"));
    for (const one of this.text.querySelectorAll("section")) one.classList.toggle("lit", own.includes(one));
    if (own[0] && !this.screen.matches) this.show(own[0]);
    this.selected();
  }

  // Move the text only, never the page under the person's hands.
  show(place) {
    const box = this.text.getBoundingClientRect(), at = place.getBoundingClientRect();
    this.text.scrollTop += at.top - box.top - this.bar.offsetHeight - 12;
  }

  // --- two sides of a narrow screen

  split() {
    const narrow = this.screen.matches;
    document.documentElement.classList.toggle("has-bar", narrow);
    if (!narrow) { this.tabs?.remove(); this.tabs = null; delete this.dataset.pane; return; }
    if (this.tabs) return;
    const tab = (pane, title) => made("button", { type: "button", onclick: () => this.turn(pane), role: "tab", id: `tab-${pane}` }, title);
    this.tabs = made("div", { className: "panes no-print", role: "tablist" }, tab("document", "Документ"), tab("rubric", "Оценки"));
    this.tabs.setAttribute("aria-label", "Стороны листа");
    this.tabs.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      this.turn(this.dataset.pane === "rubric" ? "document" : "rubric");
      this.tabs.querySelector("[aria-selected=true]").focus();
    });
    this.prepend(this.tabs);
    this.turn(location.hash.startsWith("#id_k") ? "rubric" : "document");
  }

  turn(pane) {
    this.dataset.pane = pane;
    for (const tab of this.tabs.children) {
      const on = tab.id === `tab-${pane}`;
      tab.setAttribute("aria-selected", on);
      tab.tabIndex = on ? 0 : -1;
    }
  }

  // A link to the other side first turns to it.
  jump(event) {
    const to = event.target.closest("a[href^='#']")?.getAttribute("href");
    if (!to || !this.tabs) return;
    const target = document.getElementById(to.slice(1));
    if (target) this.turn(this.rubric.contains(target) ? "rubric" : "document");
  }

  // --- searching

  look() {
    if (this.tabs) this.turn("document");
    this.field.focus();
    this.field.select();
  }

  find() {
    for (const one of this.text.querySelectorAll("mark")) {
      const home = one.parentNode;
      one.replaceWith(...one.childNodes);
      home.normalize();
    }
    const wanted = this.field.value.trim().toLowerCase().replaceAll("ё", "е");
    this.found = wanted.length > 1 ? this.matches(wanted) : [];
    this.at = -1;
    this.count.textContent = wanted.length > 1 ? (this.found.length ? `Найдено: ${this.found.length}` : "Не найдено") : "";
    if (this.found.length) this.step(1);
  }

  matches(wanted) {
    const walker = document.createTreeWalker(this.text, NodeFilter.SHOW_TEXT), texts = [], found = [];
    while (walker.nextNode()) if (!this.bar.contains(walker.currentNode)) texts.push(walker.currentNode);
    for (let node of texts) {
      let place;
      while (found.length < MOST && (place = node.data.toLowerCase().replaceAll("ё", "е").indexOf(wanted)) >= 0) {
        const hit = node.splitText(place), mark = document.createElement("mark");
        node = hit.splitText(wanted.length);
        hit.replaceWith(mark);
        mark.append(hit);
        found.push(mark);
      }
    }
    return found;
  }

  step(by) {
    if (!this.found?.length) return;
    this.found[this.at]?.classList.remove("here");
    this.at = (this.at + by + this.found.length) % this.found.length;
    const mark = this.found[this.at];
    mark.classList.add("here");
    if (this.screen.matches) mark.scrollIntoView({ block: "center" });
    else this.show(mark);
    this.count.textContent = `${this.at + 1} из ${this.found.length}`;
  }

  // --- a quote into the explanation

  get chosen() {
    const picked = getSelection(), text = picked.toString().replace(/\s+/g, " ").trim();
    return text && this.text.contains(picked.anchorNode) && !this.bar.contains(picked.anchorNode) ? text : "";
  }

  get area() {
    const home = this.lit || this.rubric.querySelector("fieldset.criterion");
    return home?.querySelector("textarea");
  }

  selected() {
    const area = this.chosen && this.area;
    this.pick.hidden = !area;
    if (area) this.pick.textContent = `Цитату в пояснение К${area.closest("fieldset").id.replace(/\D/g, "")}`;
  }

  quote() {
    const text = this.chosen, area = this.area;
    if (!text || !area) return;
    const number = getSelection().anchorNode.parentElement.closest("section")?.querySelector("h3 .quiet")?.textContent.trim();
    const cut = text.length > QUOTE ? `${text.slice(0, QUOTE)}…` : text;
    const said = `${number ? `Поле ${number}: ` : ""}«${cut}»`;
    area.value = area.value.trim() ? `${area.value.trimEnd()}\n${said} ` : `${said} `;
    if (this.tabs) this.turn("rubric");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
customElements.define("reading-aid", ReadingAid);
