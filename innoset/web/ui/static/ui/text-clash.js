// <text-clash>: two people wrote one field. Shows both texts beside each other and lets the person choose.
//
// `offer({title, mine, theirs})` fills it; a choice is the event `keep` with detail "mine", "theirs" or "both".
const CHOICES = [["mine", "Мой текст"], ["theirs", "Текст коллеги"], ["both", "Оба подряд"]];
const make = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text, ...more });

class TextClash extends HTMLElement {
  offer({ title, mine, theirs }) {
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", title);
    this.tabIndex = -1;
    this.mine = make("p", "", { className: "read-only-text" });
    this.theirs = make("p", "", { className: "read-only-text" });
    this.texts = [mine, theirs];
    const sides = make("div", "", { className: "split split-even" });
    for (const [words, shown] of [["Мой текст", this.mine], ["Текст коллеги", this.theirs]]) {
      const side = make("div", "");
      side.append(make("p", words, { className: "label" }), shown);
      sides.append(side);
    }
    this.replaceChildren(make("p", title, { className: "label" }), sides, this.buttons());
    this.compare(mine);
  }

  buttons() {
    const row = make("div", "", { className: "row" });
    for (const [keep, words] of CHOICES) {
      row.append(make("button", words, {
        type: "button", className: "button second small",
        onclick: () => this.dispatchEvent(new CustomEvent("keep", { detail: keep })),
      }));
    }
    const ask = make("p", "Какой текст оставить? Второй останется в истории поля.", { className: "hint" });
    const all = make("div", "", { className: "stack-s" });
    all.append(ask, row);
    return all;
  }

  // The person goes on typing: `mine` follows. What differs is marked, from the first to the last difference.
  compare(mine) {
    const theirs = this.texts[1], most = Math.min(mine.length, theirs.length);
    let from = 0, tail = 0;
    while (from < most && mine[from] === theirs[from]) from += 1;
    while (tail < most - from && mine.at(-1 - tail) === theirs.at(-1 - tail)) tail += 1;
    this.paint(this.mine, mine, from, tail);
    this.paint(this.theirs, theirs, from, tail);
  }

  paint(shown, text, from, tail) {
    const end = text.length - tail;
    const middle = make("mark", text.slice(from, end));
    shown.replaceChildren(text.slice(0, from), ...(end > from ? [middle] : []), text.slice(end));
    if (!text) shown.textContent = "Поле очищено.";
  }
}
customElements.define("text-clash", TextClash);
