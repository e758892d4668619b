// SPDX-License-Identifier: EUPL-1.2
// Plek: three taps – geweest, how it was, save – and what may be added. Without this script it is a plain form.
import { type Cell, Chart, whereFrom } from "./chart";
import type { Desk } from "./desk";
import { refusalOf } from "./gate/gate";
import { toldAt } from "./today";

const STEPS_EAST_NORTH: Record<string, [number, number]> = {
  n: [0, 1], no: [1, 1], o: [1, 0], zo: [1, -1], z: [0, -1], zw: [-1, -1], w: [-1, 0], nw: [-1, 1],
}; // prettier-ignore

export function showPlace(desk: Desk, form: HTMLFormElement, newId: () => string = () => crypto.randomUUID()): void {
  const holder = form.querySelector<HTMLElement>("[data-pick]");
  const better = holder ? new Better(form, new Chart(holder)) : null;
  const place = form.dataset.place ?? "";
  desk.onChange((standing) => {
    const told = toldAt(standing, place);
    const list = document.getElementById("gemeld");
    if (!list) return;
    list.hidden = told.length === 0;
    list.replaceChildren(...told.map((words) => made("li", `✓ ${words}`)));
  });
  const show = () => {
    showSteps(form);
    showNote(form);
  };
  form.addEventListener("change", show);
  show();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void save(desk, form, better, newId());
  });
}

const HELP = "hulp"; // codes.py knows it by the same name

/** Beside ‘hulp nodig’ no note is kept, for that would stay with this place; it leaves the form and the field goes. */
function showNote(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>("#opmerking-vak");
  const why = form.querySelector<HTMLElement>("#opmerking-niet");
  const help = (form.elements.namedItem("gezien") as HTMLSelectElement | null)?.value === HELP;
  if (help) (form.elements.namedItem("opmerking") as HTMLTextAreaElement).value = "";
  if (box) box.hidden = help;
  if (why) why.hidden = !help;
}

/** Shows the next step once the one before it was answered. */
function showSteps(form: HTMLFormElement): void {
  const been = chosen(form, "geweest");
  const answered = chosen(form, been === "ja" ? "hoe" : "waarom");
  for (const step of form.querySelectorAll<HTMLElement>("[data-step]")) {
    step.hidden = step.dataset.step === "laatste" ? !been || !answered : step.dataset.step !== been;
  }
}

async function save(desk: Desk, form: HTMLFormElement, better: Better | null, id: string): Promise<void> {
  const note = (form.elements.namedItem("opmerking") as HTMLTextAreaElement).value.trim().replace(/\s+/g, " ");
  const wrong = note ? refusalOf(note) : "";
  const said = document.getElementById("opmerking-fout");
  if (said) {
    said.textContent = wrong;
    said.hidden = !wrong;
  }
  const been = chosen(form, "geweest");
  const answer = chosen(form, been === "ja" ? "hoe" : "waarom");
  if (wrong || !been || !answer) {
    const asked = been ? (been === "ja" ? "hoe" : "waarom") : "geweest";
    const wanting = wrong ? "#opmerking, [name=opmerking]" : `input[name=${asked}]`;
    form.querySelector<HTMLElement>(wanting)?.focus(); // scrolls to it as well
    return;
  }
  const tile = form.querySelector(`input[name=${been === "ja" ? "hoe" : "waarom"}]:checked`)?.parentElement;
  if (form.dataset.busy) return; // a second tap on the button is not a second visit
  form.dataset.busy = "ja";
  const words = `${been === "ja" ? "geweest, " : "niet geweest: "}${tile?.textContent?.trim().toLowerCase() ?? ""}`;
  const cell = better?.name ?? "";
  try {
    await desk.keep({
      id,
      week: document.body.dataset.week ?? "",
      number: form.dataset.number ?? "",
      words,
      body: {
        plan_id: form.dataset.plan ?? "",
        place_id: form.dataset.place ?? "",
        visited: been === "ja",
        code: been === "ja" ? answer : "",
        why: been === "ja" ? "" : answer,
        better: cell ? [cell] : [],
        remark: (form.elements.namedItem("gezien") as HTMLSelectElement).value,
        note,
      },
    });
  } catch {
    delete form.dataset.busy;
    showFailed(form);
    return;
  }
  showSaved(form, words);
}

/** Says that nothing was kept, where it is read: the button stands far below. */
function showFailed(form: HTMLFormElement): void {
  document.getElementById("niet-opgeslagen")?.remove();
  const said = made("p", "Opslaan op deze telefoon lukte niet. Is het geheugen vol? Maak ruimte en probeer het opnieuw.", "straat-banner");
  said.id = "niet-opgeslagen";
  said.tabIndex = -1;
  said.setAttribute("role", "alert");
  form.before(said);
  said.focus();
}

/** Says that it is safe, and leads back to the list. */
function showSaved(form: HTMLFormElement, words: string): void {
  const box = made("div", "", "straat-note");
  const link = made("a", "Naar de lijst", "utrecht-button utrecht-button--primary-action straat-wide") as HTMLAnchorElement;
  link.href = document.body.dataset.scope ?? "/";
  box.append(made("p", `Opgeslagen: ${words}.`, "utrecht-paragraph"), link);
  box.setAttribute("role", "status");
  form.replaceWith(box);
  link.focus();
}

/** ‘Beter hier’: a square that was touched, or a direction and a distance; the last one that was chosen counts. */
class Better {
  #cell: Cell | null = null;
  readonly #form: HTMLFormElement;
  readonly #chart: Chart;
  readonly #x: number;
  readonly #y: number;

  constructor(form: HTMLFormElement, chart: Chart) {
    [this.#form, this.#chart] = [form, chart];
    [this.#x, this.#y] = [Number(form.dataset.x), Number(form.dataset.y)];
    chart.zoom(2);
    chart.onTap = (cell) => this.#choose(cell, true);
    for (const name of ["richting", "afstand"]) {
      this.#select(name).addEventListener("change", () => this.#choose(this.#fromList(), false));
    }
    const asked = chart.cellNamed(new URLSearchParams(location.search).get("beter") ?? "");
    if (!asked) return;
    form.querySelector<HTMLDetailsElement>("#beter")?.setAttribute("open", "");
    this.#choose(asked, true);
  }

  get name(): string {
    return this.#cell?.name ?? "";
  }

  #choose(cell: Cell | null, byMap: boolean): void {
    const counts = cell !== null && this.#chart.counts(cell);
    this.#cell = counts ? cell : null;
    this.#chart.choose(this.#cell);
    if (byMap) this.#select("richting").value = "";
    const said = this.#form.querySelector("#beter-zin");
    if (!said) return;
    if (this.#cell) said.textContent = `Beter hier: ${whereFrom(this.#x, this.#y, this.#chart.middle(this.#cell))}.`;
    else said.textContent = cell ? "Daar telt Stip niet: het ligt buiten het gebied. Kies een ander vak." : "";
  }

  #fromList(): Cell | null {
    const steps = STEPS_EAST_NORTH[this.#select("richting").value];
    if (!steps) return null;
    const far = Number(this.#select("afstand").value) * this.#chart.cell;
    return this.#chart.cellAt(this.#x + steps[0] * far, this.#y + steps[1] * far);
  }

  #select(name: string): HTMLSelectElement {
    return this.#form.elements.namedItem(name) as HTMLSelectElement;
  }
}

function chosen(form: HTMLFormElement, name: string): string {
  return form.querySelector<HTMLInputElement>(`input[name=${name}]:checked`)?.value ?? "";
}

function made(tag: string, text: string, look = ""): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  if (look) element.className = look;
  return element;
}
