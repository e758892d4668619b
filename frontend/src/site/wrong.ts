// SPDX-License-Identifier: EUPL-1.2
// A form that came back with something wrong opens at what is wrong, also when that is far below.

export function showWrong(page: Document = document): void {
  const field = page.querySelector<HTMLElement>('main [aria-invalid="true"]');
  if (field) return field.focus(); // scrolls to it as well
  const said = page.querySelector<HTMLElement>("main .utrecht-form-field-error-message");
  if (!said) return;
  said.tabIndex = -1;
  said.focus();
}
