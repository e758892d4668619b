// SPDX-License-Identifier: EUPL-1.2
// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { showWrong } from "./wrong";

it("opens at the first field that is wrong, else at what is said, else nowhere", () => {
  document.body.innerHTML = `<main><input id="good"><input id="wrong" aria-invalid="true"></main>`;
  showWrong();
  expect(document.activeElement?.id).toBe("wrong");
  document.body.innerHTML = `<main><p id="said" class="utrecht-form-field-error-message">Kies er een.</p></main>`;
  showWrong();
  expect(document.activeElement?.id).toBe("said");
  document.body.innerHTML = "<main><input></main>";
  showWrong();
  expect(document.activeElement).toBe(document.body);
});
