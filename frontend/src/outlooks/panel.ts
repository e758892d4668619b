// SPDX-License-Identifier: EUPL-1.2
// The panel of the chosen cell: the server writes it, so that it says the same as the cell's own page.

/** Shows a cell in the panel; the way back leads to where it was chosen. */
export class Panel {
  private readonly box = document.querySelector<HTMLElement>("#paneel");
  private asked = 0;

  constructor(
    private readonly cellUrl: string,
    private readonly query: string,
  ) {}

  /** Load the cell and move the focus to the panel; Escape or the button takes it back. */
  async show(name: string, from: HTMLElement): Promise<void> {
    if (!this.box) return;
    const turn = ++this.asked;
    const address = `${this.cellUrl}${encodeURIComponent(name)}?deel=ja${this.query ? `&${this.query}` : ""}`;
    const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
    if (turn !== this.asked) return; // another cell was chosen meanwhile
    const back = document.createElement("button");
    back.type = "button";
    back.className = "utrecht-button utrecht-button--secondary-action";
    back.textContent = "Sluiten";
    const close = (): void => {
      this.box!.hidden = true;
      from.focus();
    };
    back.addEventListener("click", close);
    this.box.onkeydown = (event) => {
      if (event.key === "Escape") close();
    };
    if (answer?.ok) {
      const part = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      this.box.replaceChildren(...part.childNodes, back);
    } else {
      const failed = document.createElement("p");
      failed.textContent = "Dit vak kon niet worden opgehaald. Laad de pagina opnieuw.";
      this.box.replaceChildren(failed, back);
    }
    this.box.hidden = false;
    this.box.focus();
  }
}
