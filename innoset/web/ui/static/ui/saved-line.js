// <saved-line>: where a form says how its texts are; read out politely, at most once a minute.
const SPEAK = 60000;

class SavedLine extends HTMLElement {
  connectedCallback() {
    if (this.spoken) return;
    this.spoken = document.createElement("span");
    this.spoken.className = "sr";
    this.spoken.setAttribute("role", "status");
    this.after(this.spoken);
  }

  disconnectedCallback() {
    clearTimeout(this.speaker);
  }

  // link: {text, href?, press?}; a link without an address does what `press` says.
  say(text, state, link) {
    this.dataset.state = state;
    if (!link?.press && this.textContent === (link ? `${text} ${link.text}` : text)) return;
    this.replaceChildren(link ? `${text} ` : text, ...(link ? [this.link(link)] : []));
    if (state !== "busy") this.speak(this.textContent);
  }

  link({ text, href, press }) {
    const made = document.createElement(href ? "a" : "button");
    made.textContent = text;
    if (href) Object.assign(made, { href, target: "_blank", rel: "noopener" });
    else Object.assign(made, { type: "button", className: "link-button", onclick: press });
    return made;
  }

  // The newest words wait for the minute to pass; older ones are not worth hearing then.
  speak(text) {
    clearTimeout(this.speaker);
    const pause = Math.max(0, (this.spokenAt ?? -SPEAK) + SPEAK - performance.now());
    this.speaker = setTimeout(() => {
      this.spokenAt = performance.now();
      this.spoken.textContent = text;
    }, pause);
  }
}
customElements.define("saved-line", SavedLine);
