// <score-bar>: after every mark saved on its own, shows the marks and the sum that the server answered with.
class ScoreBar extends HTMLElement {
  connectedCallback() {
    this.listen = (event) => this.show(event.detail);
    document.addEventListener("saved", this.listen);
  }

  disconnectedCallback() {
    document.removeEventListener("saved", this.listen);
  }

  show(answer) {
    if (!answer || !answer.marks) return;
    for (const item of this.querySelectorAll("[data-mark]")) {
      const value = answer.marks[item.dataset.mark];
      item.classList.toggle("none", value === null);
      item.querySelector("b").textContent = value === null ? "—" : value === "na" ? "н/п" : value;
    }
    this.querySelector("[data-total]").textContent = answer.total;
  }
}
customElements.define("score-bar", ScoreBar);
