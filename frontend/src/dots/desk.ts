// SPDX-License-Identifier: EUPL-1.2
/** Joins the form, the dots, the map, the slider and the panel: one filter drives them all. */

import { CountsOnPage } from "./counts";
import { arrange, type Dots } from "./dots";
import type { Filter } from "./filter";
import { FilterForm } from "./form";
import { findAt } from "./found";
import { layerChoice } from "./layer_choice";
import { areaLegend, legendText, showLegend, type LegendText } from "./legend";
import { load, NotLoaded } from "./load";
import { readAbout, TownMap, type MapAbout } from "./map";
import { areaClasses, countAreas, type Neighbourhoods } from "./neighbourhoods";
import { Painter, type Painted, type Style } from "./painter";
import { Panel } from "./panel";
import { nextStep, Player } from "./player";
import { Selector, type Selection } from "./select";
import { Slider } from "./slider";
import { Status } from "./status";
import { Toolbar } from "./toolbar";
import type { View } from "./view";
import { Weeks, type Window } from "./weeks";

const DEFAULT_CELL_M = 125;

/** Return the element of an id, or a loose one: a page may leave parts out. */
function part(id: string): HTMLElement {
  return document.getElementById(id) ?? document.createElement("div");
}

export class Desk {
  readonly #target: HTMLElement;
  readonly #about: MapAbout;
  readonly #form: FilterForm;
  readonly #status = new Status(part("stand"));
  readonly #counts = new CountsOnPage();
  readonly #panel: Panel;
  readonly #map: TownMap;
  readonly #toolbar: Toolbar;
  #shown: { painter: Painter; selector: Selector; selection: Selection } | null = null;
  #slider: { weeks: Weeks; slider: Slider; player: Player } | null = null;
  #hold = false;
  #legend = "";
  #painted: Painted | null = null;
  /** Of a reader who may see no places: neighbourhoods, and where their classes begin. */
  #coarse: { neighbourhoods: Neighbourhoods; begins: number[] } | null = null;

  constructor(form: HTMLFormElement, target: HTMLElement) {
    this.#target = target;
    this.#about = readAbout(target);
    this.#form = new FilterForm(form);
    const filter = this.#form.read();
    target.replaceChildren();
    target.tabIndex = 0;
    target.setAttribute("role", "application");
    target.setAttribute(
      "aria-label",
      "Kaart met meldingen. Pijltjes verschuiven de kaart, plus en min zoomen, Enter opent de meldingen in het midden.",
    );
    this.#map = new TownMap(target, this.#about, filter.extent);
    this.#panel = new Panel(part("paneel"), target);
    this.#toolbar = new Toolbar(this.#map, (polygon) => {
      this.#form.write({ polygon });
      this.#form.changed();
    });
    target.before(this.#toolbar.element);
    this.#listen(filter);
  }

  #listen(filter: Filter): void {
    this.#form.onChange = (changed) => this.#apply(changed);
    this.#panel.onClose = () => this.#map.mark(null);
    this.#map.onAsk = (x, y) => this.#ask(x, y);
    this.#map.onMove = (extent) => {
      this.#form.write({ extent });
      this.#form.remember();
    };
    this.#map.dots.onPainted = (painted, view) => this.#tellLegend(painted, view);
    this.#target.addEventListener("keydown", (event) => event.key === "Escape" && this.#toolbar.stop());
    const choices = this.#about.layers.filter(({ base }) => !base);
    const on = filter.layers ?? choices.filter((layer) => layer.on).map(({ name }) => name);
    this.#map.showLayers(on);
    if (choices.length)
      this.#map.onLayerFailed = layerChoice(part("lagen"), choices, on, (names) => {
        this.#map.showLayers(names);
        this.#form.write({ layers: names });
        this.#form.remember();
      });
  }

  /** Fetch the dots and show them. */
  async begin(): Promise<void> {
    this.#status.loading();
    this.#target.setAttribute("aria-busy", "true");
    try {
      this.#take(arrange(await load(this.#target.dataset.dots ?? "")));
    } catch (error) {
      const why = error instanceof NotLoaded ? error.status : (error as Error);
      this.#status.failed(why, () => void this.begin());
    } finally {
      this.#target.removeAttribute("aria-busy");
    }
  }

  #take(dots: Dots): void {
    this.#status.loaded(dots.header);
    const selector = new Selector(dots);
    const filter = this.#form.read();
    this.#shown = { painter: new Painter(dots, this.#about.extent), selector, selection: selector.apply(filter) };
    if (dots.n) this.#slide(dots);
    const neighbourhoods = dots.header.fine ? null : this.#map.useNeighbourhoods();
    if (neighbourhoods) this.#coarse = { neighbourhoods, begins: [] };
    this.#toolbar.element.hidden = !dots.header.fine;
    this.#apply(filter);
  }

  #slide(dots: Dots): void {
    const host = part("histogram");
    const weeks = new Weeks(dots.firstDay, dots.lastDay);
    const bars = document.createElement("div");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "utrecht-button utrecht-button--secondary-action";
    const slider = new Slider(bars, weeks);
    const player = new Player(button);
    host.replaceChildren(bars, button);
    this.#slider = { weeks, slider, player };
    slider.onMove = (window, done) => {
      player.stop();
      this.#move(window, !done);
    };
    player.onStep = (playing) => {
      const next = nextStep(slider.window, weeks.count);
      if (next) this.#move(next, playing);
      return next !== null;
    };
    player.onStop = () => this.#move(slider.window, false);
  }

  #move(window: Window, hold: boolean): void {
    this.#hold = hold;
    this.#form.write(this.#slider?.weeks.period(window) ?? {});
    this.#form.changed();
  }

  #apply(filter: Filter): void {
    this.#map.drawing.show(filter.polygon);
    this.#toolbar.show(filter.polygon);
    if (!this.#shown) return;
    const { painter, selector } = this.#shown;
    const { header, firstDay } = painter.dots;
    const selection = (this.#shown.selection = selector.apply(filter));
    if (this.#coarse) this.#shade(painter.dots, selection);
    else this.#map.dots.show(painter, selection, this.#style(filter));
    this.#counts.show(selection.counts, header);
    this.#status.counted(selection.counts.selected, header);
    if (this.#slider) {
      const { weeks, slider } = this.#slider;
      slider.show(weeks.perWeek(selection.perDay, firstDay), weeks.windowOf(filter.from, filter.to));
    }
  }

  #shade(dots: Dots, selection: Selection): void {
    if (!this.#coarse) return;
    const counts = countAreas(dots, selection);
    if (!this.#hold || !this.#coarse.begins.length) this.#coarse.begins = areaClasses(counts);
    this.#coarse.neighbourhoods.show(counts, this.#coarse.begins);
    this.#showLegend(areaLegend(this.#coarse.begins));
  }

  #style({ mode, radius }: Filter): Style {
    return { mode, radius, cell: Number(this.#target.dataset.cell) || DEFAULT_CELL_M, hold: this.#hold };
  }

  #tellLegend(painted: Painted, view: View): void {
    this.#painted = painted;
    if (!this.#shown || !view.width) return;
    this.#showLegend(legendText(painted, view, this.#shown.painter.dots));
  }

  #showLegend(text: LegendText): void {
    const key = JSON.stringify(text);
    if (key === this.#legend) return;
    this.#legend = key;
    showLegend(part("legenda"), text);
  }

  #ask(x: number, y: number): void {
    if (this.#coarse) return this.#askArea(this.#coarse.neighbourhoods, x, y);
    const view = this.#map.dots.view;
    if (!this.#shown || !this.#painted || !view) return;
    const { painter, selection } = this.#shown;
    const found = findAt(painter, selection, this.#painted, view, x, y);
    this.#map.mark(found?.at ?? null);
    if (found) this.#panel.show(painter.dots, found);
    else this.#panel.showNothing();
  }

  #askArea(neighbourhoods: Neighbourhoods, x: number, y: number): void {
    const area = neighbourhoods.at(x, y);
    if (!area) return this.#panel.showNothing();
    const url = this.#about.area.replace("CODE", encodeURIComponent(String(area.get("code"))));
    this.#panel.showArea(String(area.get("name")), neighbourhoods.countOf(area), url);
  }
}
