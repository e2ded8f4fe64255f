/** Where the page is: as whom, in which chat, in which topic or thread. It stands in the address, so a reload finds it. */
export class Place extends EventTarget {
  constructor() {
    super();
    this.#read();
    addEventListener("hashchange", () => {
      this.#read();
      this.dispatchEvent(new Event("change"));
    });
  }

  #read() {
    const [account, chat, topic] = location.hash.replace(/^#\/?/, "").split("/").map(Number);
    this.account = account || null;
    this.chat = chat || null;
    this.topic = topic || null;
  }

  /** The address of a place; what isn't given is as here. */
  address({ account = this.account, chat = null, topic = null }) {
    return `#/${[account, chat, topic].filter(Boolean).join("/")}`;
  }

  go(where) {
    location.hash = this.address(where);
  }

  /** As `go`, in the place of the present address. */
  replace(where) {
    history.replaceState(null, "", this.address(where));
    this.#read();
    this.dispatchEvent(new Event("change"));
  }

  is({ chat, topic = null }) {
    return this.chat === chat && (topic === null || this.topic === topic);
  }
}
