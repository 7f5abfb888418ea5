"use strict";
// The bits of a hidden layer: a row for each pass, a column for each neuron, above them the mean.

/** Neurons that are shown, from all over the layer; more would be too narrow to be seen. */
const MOST_UNITS = 64;
const MEAN_ROW = 18;
const GAP = 5;

class Raster {
  /** @param told called with the pass and the neuron that a reader points at */
  constructor(canvas, told) {
    Object.assign(this, { canvas, told, passes: [], at: undefined });
    canvas.addEventListener("pointermove", (event) => this.point(event));
    canvas.addEventListener("pointerdown", (event) => this.point(event));
    canvas.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => requestAnimationFrame(() => this.show())).observe(canvas);
  }

  /** How many neurons the layer has. */
  get all() {
    return this.passes[0]?.bits.length ?? 0;
  }

  /** How many of them are shown. */
  get units() {
    return Math.min(MOST_UNITS, this.all);
  }

  /** The neuron of a column. */
  unit(column) {
    return Math.floor((column * this.all) / this.units);
  }

  /** The sides of a bit. */
  get cell() {
    const { clientWidth, clientHeight } = this.canvas;
    const rows = Math.max(8, this.passes.length);
    return [clientWidth / this.units, (clientHeight - MEAN_ROW - GAP) / rows];
  }

  move(pass, column) {
    if (this.passes.length > 0) {
      this.at = {
        pass: Math.min(Math.max(pass, 0), this.passes.length - 1),
        column: Math.min(Math.max(column, 0), this.units - 1),
      };
      this.show();
      this.told(this.at.pass, this.unit(this.at.column));
    }
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    const [width, height] = this.cell;
    const row = Math.floor((event.clientY - box.top - MEAN_ROW - GAP) / height);
    this.move(row, Math.floor((event.clientX - box.left) / width));
  }

  key(event) {
    const step = {
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
    }[event.key];
    if (step) {
      event.preventDefault();
      const { pass, column } = this.at ?? { pass: -step[0], column: -step[1] };
      this.move(pass + step[0], column + step[1]);
    }
  }

  show(passes = this.passes, look = this.look) {
    Object.assign(this, { passes, look });
    const { canvas } = this;
    const scale = window.devicePixelRatio;
    canvas.width = Math.round(canvas.clientWidth * scale);
    canvas.height = Math.round(canvas.clientHeight * scale);
    if (passes.length === 0) {
      return;
    }
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    context.fillStyle = look.ink;
    const [width, height] = this.cell;
    const margin = Math.min(1, width / 8);
    for (let column = 0; column < this.units; column++) {
      const unit = this.unit(column);
      const fill = (top, tall) =>
        context.fillRect(column * width + margin, top, width - 2 * margin, tall);
      const ones = passes.reduce((sum, pass) => sum + pass.bits[unit], 0);
      context.globalAlpha = ones / passes.length;
      fill(0, MEAN_ROW);
      context.globalAlpha = 1;
      passes.forEach((pass, t) => {
        if (pass.bits[unit]) {
          fill(MEAN_ROW + GAP + t * height, Math.max(height - 1, 1));
        }
      });
    }
    context.fillStyle = look.grid;
    context.fillRect(0, MEAN_ROW + Math.floor(GAP / 2), canvas.clientWidth, 1);
    if (this.at && this.at.pass < passes.length) {
      context.strokeStyle = look.colours[0];
      context.lineWidth = 2;
      const top = MEAN_ROW + GAP + this.at.pass * height;
      context.strokeRect(this.at.column * width, top - 0.5, width, height);
    }
  }
}
