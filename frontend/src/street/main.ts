// SPDX-License-Identifier: EUPL-1.2
// The phone: starts the screen that is open, keeps the pages, and sends what waits whenever it can.
import "./street.css";
import { fillBlank } from "./blank";
import { Desk } from "./desk";
import { showMap } from "./map_screen";
import { showPlace } from "./place";
import { showQueue } from "./queue_screen";
import { keepTrying } from "./retry";
import { Site } from "./server";
import { showState } from "./state";
import { openStore } from "./store";
import { showToday } from "./today";

async function start(): Promise<void> {
  const { owner = "", data = "", receive = "", worker = "", scope = "", login = "" } = document.body.dataset;
  for (const box of document.querySelectorAll<HTMLElement>(".straat-script")) box.hidden = false;
  const desk = new Desk(await openStore(), new Site(data, receive), owner);
  showState(desk, login);
  showToday(desk);
  const form = document.querySelector<HTMLFormElement>("#melding");
  const chart = document.querySelector<HTMLElement>("[data-chart]:not([data-pick])");
  const unknown = document.getElementById("plek-onbekend");
  if (unknown) fillBlank(desk, unknown);
  else if (form) showPlace(desk, form);
  if (chart) showMap(chart);
  if (document.body.dataset.screen === "queue") showQueue(desk);
  await desk.begin();
  document.documentElement.dataset.ready = "";
  if ("serviceWorker" in navigator) await navigator.serviceWorker.register(worker, { scope }).catch(() => undefined);
  void navigator.serviceWorker?.ready.then(() => desk.tell()); // only now does Straat open without a connection
  void navigator.storage?.persist?.(); // so that a full phone does not clear the queue
  await keepTrying(desk)();
}

void start();
