// <draft-store data-key="/cabinet/drafts/">: keeps texts on this computer until the server has them, and posts them.
//
// A record of IndexedDB is {id, tab, owner, form, field, iv, data}. `data` is AES-GCM under the person's key,
// bound to owner, form and field. The server hands the key out after sign-in; it lives in this page's memory
// only, so after signing out the records stay and nobody can read them.
// A tab holds a lock while it lives: what a dead tab left behind is told from what a live one still sends.
const BASE = "drafts";
const WAIT = 10000, PATIENCE = 20000, OUTLIVES = 60000;

const random = (size) => crypto.getRandomValues(new Uint8Array(size));
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

class DraftStore extends HTMLElement {
  connectedCallback() {
    this.tab ||= hex(random(16));
    this.line = Promise.resolve();
  }

  // Browsers offer all of it on https and on this very computer only.
  get able() {
    return Boolean(globalThis.indexedDB && globalThis.crypto?.subtle && navigator.locks);
  }

  get open() {
    return Boolean(this.key && this.base);
  }

  // Ask who is signed in, take the key once and the token each time: "mine", "other", "out" or "lost".
  async unlock() {
    if (!this.dataset.key) return "mine";
    return (this.asking ||= this.ask().finally(() => { this.asking = null; }));
  }

  async ask() {
    try {
      const answer = await fetch(this.dataset.key, {
        redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(WAIT),
        headers: { Accept: "application/json", "X-Autosave": "1" },
      });
      if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") return "out";
      if (!answer.ok) return "lost";
      return await this.meet(await answer.json());
    } catch {
      return "lost";
    }
  }

  async meet({ key, owner, csrf }) {
    if (this.owner && this.owner !== owner) return "other";
    this.owner = owner;
    for (const token of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) token.value = csrf;
    this.csrf = csrf;
    if (!this.key && this.able) await this.prepare(bytes(key)).catch(() => { this.base = null; });
    return "mine";
  }

  async prepare(raw) {
    this.key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    navigator.locks.request(this.lock(this.tab), () => new Promise(() => {}));
    const request = indexedDB.open(BASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(BASE, { keyPath: "id" });
    this.base = await done(request);
    this.base.onversionchange = () => { this.base.close(); this.base = null; };
  }

  lock(tab) {
    return `draft-store ${tab}`;
  }

  bound(record) {
    return new TextEncoder().encode(JSON.stringify([record.owner, record.form, record.field]));
  }

  // One thing after another: a removal never overtakes the writing before it.
  queue(job) {
    return (this.line = this.line.catch(() => {}).then(job));
  }

  // Keep what a field holds under an id of the caller; true when the computer has it.
  keep(id, form, field, content) {
    return this.queue(async () => {
      if (!this.open) return false;
      const record = { id, tab: this.tab, owner: this.owner, form, field, iv: random(12) };
      const plain = new TextEncoder().encode(JSON.stringify(content));
      const how = { name: "AES-GCM", iv: record.iv, additionalData: this.bound(record) };
      record.data = await crypto.subtle.encrypt(how, this.key, plain);
      await this.write((store) => store.put(record));
      return true;
    }).catch(() => false);
  }

  drop(id) {
    return this.queue(() => this.base && this.write((store) => store.delete(id))).catch(() => {});
  }

  write(deed) {
    return new Promise((resolve, reject) => {
      const change = this.base.transaction(BASE, "readwrite", { durability: "relaxed" });
      deed(change.objectStore(BASE));
      change.oncomplete = () => resolve();
      change.onerror = change.onabort = () => reject(change.error);
    });
  }

  // Take over what dead tabs left of this form: [{id, field, content}], oldest first. Nobody else gets them.
  async left(form) {
    if (!this.open) return [];
    const alive = new Set((await navigator.locks.query()).held.map((lock) => lock.name));
    const all = await done(this.base.transaction(BASE).objectStore(BASE).getAll()).catch(() => []);
    const found = [];
    for (const record of all) {
      if (record.owner !== this.owner || record.form !== form || alive.has(this.lock(record.tab))) continue;
      const content = await this.read(record);
      if (content && await this.take(record)) found.push({ id: record.id, field: record.field, content });
    }
    return found.sort((one, other) => one.content.at - other.content.at);
  }

  async take({ id, tab }) {
    let mine = false;
    await this.write((store) => {
      store.get(id).onsuccess = (event) => {
        const record = event.target.result;
        mine = record?.tab === tab;
        if (mine) store.put({ ...record, tab: this.tab });
      };
    }).catch(() => { mine = false; });
    return mine;
  }

  // A damaged record, or one under another key, is left lying: it is not ours to throw away.
  async read(record) {
    try {
      const how = { name: "AES-GCM", iv: record.iv, additionalData: this.bound(record) };
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, this.key, record.data)));
    } catch {
      return null;
    }
  }

  // Post a form: {status, …what was said}; 0 is no connection. A stale token is renewed once.
  async post(url, body, again = true) {
    const token = this.csrf || document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (token) body.set("csrfmiddlewaretoken", token);
    try {
      const answer = await fetch(url, {
        method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(PATIENCE),
        keepalive: body.toString().length < OUTLIVES, // more may not outlive its page
        headers: { Accept: "application/json", "X-Autosave": "1" },
      });
      if (answer.type === "opaqueredirect") return { status: 401 };
      const said = await answer.json().catch(() => null);
      if (answer.status !== 403) return { ...said, status: answer.ok && !said ? 0 : answer.status };
      const who = this.dataset.key ? await this.unlock() : "out";
      return who === "mine" && again ? await this.post(url, body, false) : { ...said, status: 403, who };
    } catch {
      return { status: 0 };
    }
  }
}
customElements.define("draft-store", DraftStore);
