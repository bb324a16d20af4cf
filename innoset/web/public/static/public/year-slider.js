// <year-slider>: years stand as links; where scripts work, a slider goes over them.
class YearSlider extends HTMLElement {
  connectedCallback() {
    const links = [...this.querySelectorAll("a")];
    if (links.length < 3 || this.querySelector("input")) return;
    const now = links.findIndex((link) => link.hasAttribute("aria-current"));
    const label = document.createElement("label");
    const slider = document.createElement("input");
    const year = document.createElement("output");
    slider.type = "range";
    slider.min = 0;
    slider.max = links.length - 1;
    slider.value = now < 0 ? links.length - 1 : now;
    const tell = () => {
      year.textContent = links[slider.value].textContent;
      slider.setAttribute("aria-valuetext", year.textContent);
    };
    slider.addEventListener("input", tell);
    // Going over years by arrows would load a page a key: the page is asked for when the slider rests.
    let rest = 0;
    slider.addEventListener("change", () => {
      clearTimeout(rest);
      rest = setTimeout(() => location.assign(links[slider.value].href), 600);
    });
    label.append("Год ", slider, " ", year);
    tell();
    this.append(label);
  }
}
customElements.define("year-slider", YearSlider);
