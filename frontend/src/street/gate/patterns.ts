// SPDX-License-Identifier: EUPL-1.2
// Reads traces.json, the list that the server reads too, and turns Python's regular expressions into the browser's.
import rules from "../../../../src/stip/agreements/traces.json";

export const RULES = rules;

const LETTERS = "\\p{L}\\p{N}_";
const EDGE = `(?:(?<=[${LETTERS}])(?![${LETTERS}])|(?<![${LETTERS}])(?=[${LETTERS}]))`;

export function pattern(name: keyof typeof rules.patterns): RegExp {
  const { of, any_case } = rules.patterns[name];
  return new RegExp(translated(filled(of)), any_case ? "giu" : "gu");
}

function filled(text: string): string {
  const parts: Record<string, string> = rules.parts;
  while (/\{\{\w+\}\}/.test(text)) text = text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name]);
  return text;
}

/** Python's \w and \b know every letter, and (?i:…) holds for a part; older browsers know neither. */
export function translated(python: string): string {
  let out = "";
  let inClass = false;
  const open: boolean[] = []; // for each bracket that is open: whether capitals count as small letters in it
  for (let at = 0; at < python.length; at++) {
    const rest = python.slice(at);
    const anyCase = open[open.length - 1] ?? false;
    if (rest.startsWith("[^\\W\\d_]")) {
      out += "\\p{L}";
      at += "[^\\W\\d_]".length - 1;
    } else if (python[at] === "\\") {
      const sign = python[++at];
      if (sign === "w") out += inClass ? LETTERS : `[${LETTERS}]`;
      else if (sign === "b" && !inClass) out += EDGE;
      else out += `\\${sign}`;
    } else if (inClass) {
      inClass = python[at] !== "]";
      out += python[at];
    } else if (python[at] === "[") {
      inClass = true;
      out += "[";
      if (python[at + 1] === "^") out += python[++at];
    } else if (rest.startsWith("(?i:")) {
      open.push(true);
      out += "(?:";
      at += 3;
    } else if (python[at] === "(") {
      open.push(anyCase);
      out += "(";
    } else if (python[at] === ")") {
      open.pop();
      out += ")";
    } else if (anyCase && /[a-z]/i.test(python[at]) && python[at - 1] !== "?") {
      out += `[${python[at].toLowerCase()}${python[at].toUpperCase()}]`;
    } else {
      out += python[at];
    }
  }
  return out;
}
