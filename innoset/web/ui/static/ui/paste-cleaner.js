// <paste-cleaner>: what comes from Word or a page into a text area keeps paragraphs, lists and quotes as plain text.
//
// Styles, comments, hidden and deleted text and Word's own rubbish are dropped. Nothing is ever cut, Ctrl+Z takes
// the paste back, and a line below the field says what came: «Вставлено 1 240 знаков, 2 списка». Plain text is left alone.
const BLOCKS = new Set("ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE TR UL".split(" "));
const RUBBISH = "script, style, title, meta, link, xml, template, del, s.msoDel, .msoDel, [hidden], .MsoCommentReference, .msocomtxt, .MsoCommentText";
const HIDDEN = /display:\s*none|visibility:\s*hidden|mso-hide:\s*all|mso-element:\s*comment|mso-comment-reference/i;
const NUMBER = /^\(?(?:\d+(?:\.\d+)*|[a-zа-яё]|[ivxlc]+)[.)]/i;
const BULLET = "– ";
const group = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
const plural = (n, one, few, many) => {
  const tens = Math.floor((n % 100) / 10), units = n % 10;
  return tens === 1 || units === 0 || units > 4 ? many : units === 1 ? one : few;
};
const squeeze = (text) => text.replace(/[\s\u00a0]+/g, " ");

// Walks a document and collects lines; `line` is null between blocks.
class Reader {
  constructor() {
    Object.assign(this, { lines: [], line: null, lists: 0, word: "" });
  }

  read(html) {
    // Word closes its conditions outside comments, and the content policy looks at styles even here.
    const safe = html.replace(/<!\[[^\]]*\]>|<style[\s\S]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
    const { body } = new DOMParser().parseFromString(safe, "text/html");
    for (const one of body.querySelectorAll(RUBBISH)) one.remove();
    this.inside(body, { depth: 0 });
    this.close();
    return this.lines.join("\n").replace(/\n{3,}/g, "\n\n").replace(/^\n+|\n+$/g, "");
  }

  inside(node, where) {
    for (const child of [...node.childNodes]) {
      if (child.nodeType === 3) this.say(where.exact ? child.data : squeeze(child.data), where);
      else if (child.nodeType === 1) this.element(child, where);
    }
  }

  element(one, where) {
    const style = one.dataset?.style || "";
    if (HIDDEN.test(style) || /mso-list:\s*ignore/i.test(style)) return;
    const name = one.tagName;
    if (name === "BR") this.lines.push(this.take());
    else if (name === "TD" || name === "TH") this.cell(one, where);
    else if (name === "Q") this.quoted(one, where);
    else if (name === "UL" || name === "OL") this.list(one, where);
    else if (BLOCKS.has(name)) this.block(one, style, where);
    else this.inside(one, { ...where, exact: where.exact || /white-space:\s*pre/i.test(style) });
  }

  say(text, { exact }) {
    if (exact && text.includes("\n")) return text.split(/\r?\n/).forEach((part, at) => { if (at) this.lines.push(this.take()); this.line = (this.line ?? "") + part; });
    if (this.line === null && !text.trim()) return null;
    return (this.line = this.line === null || this.line.endsWith(" ") ? (this.line ?? "") + text.trimStart() : this.line + text);
  }

  take() {
    const text = (this.line ?? "").trimEnd();
    this.line = null;
    return text;
  }

  close() {
    if (this.line !== null) this.lines.push(this.take());
  }

  block(one, style, where) {
    this.close();
    const level = style.match(/mso-list:\s*(l\d+)\s+level(\d+)\s*(lfo\d+)?/i);
    if (level) this.mark(one, level);
    else if (squeeze(one.textContent).trim()) this.word = "";
    const before = this.lines.length;
    this.inside(one, { ...where, exact: where.exact || one.tagName === "PRE" });
    if (one.tagName === "P" && this.line === null && before === this.lines.length) this.lines.push("");
    this.close();
    if (one.tagName === "BLOCKQUOTE") this.embrace(before);
  }

  // Word writes a list as paragraphs, each with its level and a marker of its own.
  mark(one, [, list, level, form = ""]) {
    if (this.word !== list + form) this.lists += 1;
    this.word = list + form;
    const marker = [...one.querySelectorAll("[data-style]")].find((part) => /mso-list:\s*ignore/i.test(part.dataset.style));
    const [number] = squeeze(marker?.textContent || "").trim().match(NUMBER) || [];
    this.line = "  ".repeat(level - 1) + (number ? `${number} ` : BULLET);
  }

  list(one, where) {
    this.close();
    if (!where.depth) this.lists += 1;
    let number = one.start || 1;
    for (const item of one.children) {
      if (item.tagName !== "LI") { this.element(item, { ...where, depth: where.depth + 1 }); continue; }
      const sign = one.tagName === "OL" ? `${item.value || number}. ` : BULLET;
      number = (item.value || number) + 1;
      this.line = "  ".repeat(where.depth) + sign;
      for (const part of [...item.childNodes]) this.item(part, { ...where, depth: where.depth + 1 });
      this.close();
    }
  }

  // The first paragraph of an item stays on the line of its marker.
  item(part, where) {
    const first = part.nodeType === 1 && (part.tagName === "P" || part.tagName === "DIV") && /^\s*(?:\d+\.|–) $/.test(this.line || "");
    if (first) this.inside(part, where);
    else this.inside({ childNodes: [part] }, where);
  }

  cell(one, where) {
    const rest = this.line === null ? "" : `${this.take()}\t`;
    const from = this.lines.length;
    this.inside(one, where);
    this.close();
    this.line = rest + this.lines.splice(from).filter(Boolean).join(" ");
  }

  quoted(one, where) {
    this.say("«", where);
    this.inside(one, where);
    this.say("»", where);
  }

  embrace(from) {
    const last = this.lines.length - 1;
    if (last < from || /^[«"„“]/.test(this.lines[from])) return;
    this.lines[from] = `«${this.lines[from]}`;
    this.lines[last] = `${this.lines[last]}»`;
  }
}

class PasteCleaner extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "status");
    this.place ??= this.parentElement; // the line itself moves to the field it speaks of
    this.listen ??= (event) => this.paste(event);
    this.place.addEventListener("paste", this.listen);
  }

  disconnectedCallback() {
    this.place?.removeEventListener("paste", this.listen);
  }

  paste(event) {
    const html = event.clipboardData?.getData("text/html");
    if (!html || event.target.tagName !== "TEXTAREA") return;
    const reader = new Reader(), text = reader.read(html);
    if (!text) return;
    event.preventDefault();
    this.insert(event.target, text);
    this.tell(event.target, text, reader.lists);
  }

  // The browser's own insertion can be taken back with Ctrl+Z; the other way is for browsers without it.
  insert(area, text) {
    if (document.execCommand("insertText", false, text)) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
  }

  tell(area, text, lists) {
    const size = [...text].length;
    const some = lists ? `, ${lists} ${plural(lists, "список", "списка", "списков")}` : "";
    area.closest(".field")?.after(this);
    this.textContent = `Вставлено ${group(size)} ${plural(size, "знак", "знака", "знаков")}${some}`;
  }
}
customElements.define("paste-cleaner", PasteCleaner);
