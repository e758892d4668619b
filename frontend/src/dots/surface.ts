// SPDX-License-Identifier: EUPL-1.2
/** Pixels to paint on, with a margin round them so that a dot at the edge needs no clipping; and filled circles. */

/** Most pixels that a sprite reaches from its middle. */
export const REACH = 20;
/** Pixels of margin: a dot just outside the picture still shows its edge. */
export const MARGIN = 2 * REACH;

/** Return the pixel that is for a share of it `other` and for the rest `one`. */
function mixed(one: number, other: number, share: number): number {
  let value = 0;
  for (let shift = 0; shift < 32; shift += 8) {
    const from = (one >>> shift) & 255;
    value |= Math.round(from + (((other >>> shift) & 255) - from) * share) << shift;
  }
  return value >>> 0;
}

export class Surface {
  readonly width: number;
  readonly height: number;
  /** Pixels in a row, margins included. */
  readonly stride: number;
  readonly rows: number;
  readonly pixels: Uint32Array;
  readonly bytes: Uint8ClampedArray<ArrayBuffer>;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.stride = Math.ceil((width + 2 * MARGIN) / 8) * 8;
    this.rows = height + 2 * MARGIN;
    const buffer = new ArrayBuffer(this.stride * this.rows * 4);
    this.pixels = new Uint32Array(buffer);
    this.bytes = new Uint8ClampedArray(buffer);
  }

  clear(): void {
    this.pixels.fill(0);
  }

  /** The pixel at a place of the picture, 0 outside it. */
  at(x: number, y: number): number {
    return x < 0 || y < 0 || x >= this.width || y >= this.height
      ? 0
      : this.pixels[(y + MARGIN) * this.stride + x + MARGIN];
  }

  /**
   * Fill a circle; of what overlaps, the most opaque pixel stays, and of equals the last.
   *
   * @param x,y middle in pixels of the picture; may lie outside it
   * @param edge colour of a line inside its border, `wide` pixels
   */
  disc(x: number, y: number, radius: number, colour: number, edge = colour, wide = 0): void {
    const { pixels, stride, rows } = this;
    const cx = x + MARGIN;
    const cy = y + MARGIN;
    const inside = radius - wide;
    const top = Math.max(0, Math.ceil(cy - radius - 0.5));
    const bottom = Math.min(rows - 1, Math.floor(cy + radius + 0.5));
    for (let row = top; row <= bottom; row++) {
      const dy = row - cy;
      const reach = (radius + 0.5) ** 2 - dy * dy;
      if (reach <= 0) continue;
      const half = Math.sqrt(reach);
      const core = Math.sqrt(Math.max(0, Math.max(0, inside - 0.5) ** 2 - dy * dy));
      const left = Math.max(0, Math.ceil(cx - half));
      const right = Math.min(stride - 1, Math.floor(cx + half));
      const base = row * stride;
      for (let column = left; column <= right; column++) {
        const dx = column - cx;
        let value = colour;
        if (dx > core || dx < -core) {
          const far = Math.sqrt(dx * dx + dy * dy);
          if (far > inside + 0.5) value = edge;
          else if (wide > 0 && far > inside - 0.5) value = mixed(colour, edge, far - inside + 0.5);
          const cover = radius + 0.5 - far;
          if (cover <= 0) continue;
          if (cover < 1) value = (((value >>> 24) * cover) << 24) | (value & 0xffffff);
        }
        if (value >>> 24 >= pixels[base + column] >>> 24) pixels[base + column] = value;
      }
    }
  }

  /** Fill the square of pixels [left, right) × [top, bottom) of the picture. */
  box(left: number, top: number, right: number, bottom: number, colour: number): void {
    const from = Math.max(-MARGIN, left) + MARGIN;
    const to = Math.min(this.width + MARGIN, right) + MARGIN;
    if (from >= to) return;
    const last = Math.min(this.height + MARGIN, bottom) + MARGIN;
    for (let row = Math.max(-MARGIN, top) + MARGIN; row < last; row++)
      this.pixels.fill(colour, row * this.stride + from, row * this.stride + to);
  }
}
