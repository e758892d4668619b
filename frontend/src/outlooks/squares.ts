// SPDX-License-Identifier: EUPL-1.2
// The cells of an outlook as the server sends them, column by column, and which one lies where.

/** What `vakken.json` holds. Corners are the south-west ones, in metres. */
export interface Squares {
  side: number;
  crs: string;
  difference: boolean;
  name: string[];
  x: number[];
  y: number[];
  class: number[];
  step: number[];
  thin: number[];
  marks: Record<string, string>;
}

/** Colour and size of each class, as the server's drawing has them; what is ordinary has none. */
export const COLOURS: Record<number, string> = { 5: "#08306b", 4: "#2171b5", 3: "#6baed6", 2: "#a9c9e6" };
export const SIZES: Record<number, number> = { 5: 1, 4: 0.84, 3: 0.68, 2: 0.52 };

/** How a cell is painted: colour, side as a share of the cell, filled, hatched or hollow. */
export interface Paint {
  colour: string;
  size: number;
  fill: "full" | "hatch" | "hollow";
}

/** Say how cell `i` is painted, or nothing when it is ordinary. */
export function paintOf(squares: Squares, i: number): Paint | null {
  if (squares.difference) {
    const step = squares.step[i];
    if (step === 0) return null;
    const clear = Math.abs(step) === 2;
    return { colour: clear ? COLOURS[5] : COLOURS[3], size: clear ? 1 : 0.6, fill: step > 0 ? "full" : "hollow" };
  }
  const number = squares.class[i];
  if (number < 2) return null;
  return { colour: COLOURS[number], size: SIZES[number], fill: squares.thin[i] ? "hatch" : "full" };
}

/** Find cells by where they lie and by their name. */
export class Finder {
  private readonly byCorner = new Map<string, number>();
  private readonly byName = new Map<string, number>();

  constructor(private readonly squares: Squares) {
    squares.name.forEach((name, i) => {
      this.byName.set(name, i);
      this.byCorner.set(`${squares.x[i]},${squares.y[i]}`, i);
    });
  }

  /** The cell in which a point lies, or nothing. */
  at(x: number, y: number): number | undefined {
    const { side } = this.squares;
    if (this.squares.x.length === 0) return undefined;
    const left = this.squares.x[0] + Math.floor((x - this.squares.x[0]) / side) * side;
    const low = this.squares.y[0] + Math.floor((y - this.squares.y[0]) / side) * side;
    return this.byCorner.get(`${left},${low}`);
  }

  /** The cell with this name, or nothing. */
  named(name: string): number | undefined {
    return this.byName.get(name);
  }
}
