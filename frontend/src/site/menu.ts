// SPDX-License-Identifier: EUPL-1.2
// The user's menu closes with Escape, or with a click elsewhere; without script it is a plain <details>.

for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.own")) {
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
