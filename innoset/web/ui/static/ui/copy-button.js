// <copy-button data-text data-label>: a button that exists only where copying works.
class CopyButton extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard || this.firstElementChild) return;
    const button = document.createElement("button");
    const said = document.createElement("span");
    button.type = "button";
    button.className = "link-button";
    button.textContent = this.dataset.label;
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(this.dataset.text);
        said.textContent = " Скопировано";
      } catch {
        said.textContent = " Браузер не дал скопировать. Выделите текст и скопируйте его сами";
      }
    });
    this.append(button, said);
  }
}
customElements.define("copy-button", CopyButton);
