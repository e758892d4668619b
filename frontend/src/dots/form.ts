// SPDX-License-Identifier: EUPL-1.2
/** The filter's form, which works without JavaScript too: read it, write to it, keep URL and links the same. */

import { isoDate } from "./days";
import { parseFilter, queryText, ringText, writeFilter, type Filter } from "./filter";

const URL_AFTER_MS = 250;
/** Fields that the map does not use and the other tabs do: they stay in the URL as they are. */
const KEPT = ["vergelijk_van", "vergelijk_tot"];

export class FilterForm {
  readonly #form: HTMLFormElement;
  #timer = 0;
  /** Hears the filter whenever it changes. */
  onChange: (filter: Filter) => void = () => {};

  constructor(form: HTMLFormElement) {
    this.#form = form;
    form.classList.add("filter--direct"); // its button is not needed: each change works at once
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.changed();
    });
    form.addEventListener("change", () => this.changed());
    form.addEventListener("click", (event) => this.#press(event));
  }

  read(): Filter {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) query.append(name, String(value));
    return parseFilter(query);
  }

  /** Put parts of a filter in the form's fields, without telling of a change. */
  write(part: Partial<Pick<Filter, "from" | "to" | "polygon" | "layers" | "extent">>): void {
    if (part.from !== undefined) this.#field("van").value = part.from === null ? "" : isoDate(part.from);
    if (part.to !== undefined) this.#field("tot").value = part.to === null ? "" : isoDate(part.to);
    if (part.polygon !== undefined) this.#field("vlak").value = part.polygon ? ringText(part.polygon) : "";
    if (part.extent !== undefined) this.#field("kader").value = part.extent?.map(Math.round).join(",") ?? "";
    if (part.layers !== undefined) this.#layers(part.layers);
  }

  #layers(layers: string[] | null): void {
    if (layers) this.#field("lagen").value = layers.join(",");
    else this.#form.querySelector('input[name="lagen"]')?.remove();
  }

  /** Tell of a change, and soon after put it in the URL and in each link that carries the filter. */
  changed(): void {
    this.onChange(this.read());
    this.remember();
  }

  remember(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const query = this.#query();
      history.replaceState(null, "", query ? `?${query}` : location.pathname);
      for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-filter-link]")) link.search = query;
    }, URL_AFTER_MS);
  }

  #query(): string {
    const query = writeFilter(this.read());
    const fields = new FormData(this.#form);
    for (const name of KEPT) if (fields.get(name)) query.append(name, String(fields.get(name)));
    return queryText(query);
  }

  /** Return the field of a name; the form gets a hidden one when the page did not make it. */
  #field(name: string): HTMLInputElement {
    let field = this.#form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      this.#form.append(field);
    }
    return field;
  }

  /**
   * Buttons and links in the form: `data-days="-7"` moves both dates, `data-period="van/tot"` sets them,
   * `data-clear="vlak"` lets go of the drawn area.
   */
  #press(event: MouseEvent): void {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-days], [data-period], [data-clear]");
    if (!pressed) return;
    event.preventDefault();
    if (pressed.dataset.clear === "vlak") this.write({ polygon: null });
    else if (pressed.dataset.period !== undefined) {
      const [from, to] = pressed.dataset.period.split("/");
      const { from: first, to: last } = parseFilter(new URLSearchParams({ van: from ?? "", tot: to ?? "" }));
      this.write({ from: first, to: last });
    } else {
      const { from, to } = this.read();
      const days = Number(pressed.dataset.days);
      this.write({ from: from === null ? null : from + days, to: to === null ? null : to + days });
    }
    this.changed();
  }
}
