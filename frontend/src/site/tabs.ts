// SPDX-License-Identifier: EUPL-1.2
// On a phone the tabs are one line that scrolls: the one that is open is brought into view.

export function showTab(page: Document = document): void {
  for (const tab of page.querySelectorAll<HTMLElement>(".tabs [aria-current]")) {
    const line = tab.closest<HTMLElement>(".tabs");
    if (line) line.scrollLeft = tab.offsetLeft - line.offsetLeft - (line.clientWidth - tab.offsetWidth) / 2;
  }
}
