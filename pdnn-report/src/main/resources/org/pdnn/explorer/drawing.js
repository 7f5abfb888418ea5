"use strict";
// Drawing an image of bytes by pointer or keys.

/** How wide a stroke is, in pixels of the image. */
const PEN = 1.1;

/** Shows bytes as ink on paper, in the canvas's own pixels. */
function showBytes(canvas, bytes, rows, columns, ink) {
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  context.fillStyle = ink;
  bytes.forEach((byte, i) => {
    context.globalAlpha = byte / 255;
    context.fillRect(i % columns, Math.floor(i / columns), 1, 1);
  });
}

class Drawing {
  /** @param changed called with whether a stroke has ended */
  constructor(canvas, rows, columns, changed) {
    Object.assign(this, { canvas, rows, columns, changed });
    this.bytes = new Uint8Array(rows * columns);
    this.pen = { x: columns / 2, y: rows / 2, down: false, shown: false };
    canvas.addEventListener("pointerdown", (event) => this.begin(event));
    canvas.addEventListener("pointermove", (event) => this.follow(event));
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => this.end());
    }
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("blur", () => this.lift());
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * this.columns,
      y: ((event.clientY - box.top) / box.height) * this.rows,
    };
  }

  begin(event) {
    this.canvas.setPointerCapture(event.pointerId);
    Object.assign(this.pen, this.place(event), { down: true, shown: false });
    this.stroke(this.pen);
  }

  follow(event) {
    if (this.pen.down && !this.pen.shown) {
      this.stroke(this.place(event));
    }
  }

  end() {
    if (this.pen.down) {
      this.pen.down = false;
      this.changed(true);
    }
  }

  lift() {
    this.end();
    this.pen.shown = false;
    this.show();
  }

  key(event) {
    const step = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    }[event.key];
    if (step) {
      this.pen.shown = true;
      const within = (value, most) => Math.min(Math.max(value, 0.5), most - 0.5);
      const to = {
        x: within(this.pen.x + step[0], this.columns),
        y: within(this.pen.y + step[1], this.rows),
      };
      if (this.pen.down) {
        this.stroke(to);
      }
      Object.assign(this.pen, to);
    } else if (event.key === " ") {
      this.pen.shown = true;
      if (this.pen.down) {
        this.end();
      } else {
        this.pen.down = true;
        this.stroke(this.pen);
      }
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.set(new Uint8Array(this.bytes.length));
      this.changed(true);
    } else {
      return;
    }
    event.preventDefault();
    this.show();
  }

  /** Inks what is near the line from the pen to a place. */
  stroke(to) {
    const from = this.pen;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = dx * dx + dy * dy;
    this.bytes.forEach((byte, i) => {
      const [x, y] = [(i % this.columns) + 0.5, Math.floor(i / this.columns) + 0.5];
      const along = length === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / length;
      const at = Math.min(Math.max(along, 0), 1);
      const distance = Math.hypot(x - from.x - at * dx, y - from.y - at * dy);
      const ink = Math.min(Math.max(PEN + 0.5 - distance, 0), 1);
      this.bytes[i] = Math.max(byte, Math.round(255 * ink));
    });
    Object.assign(this.pen, to);
    this.show();
    this.changed(false);
  }

  set(bytes) {
    this.bytes = Uint8Array.from(bytes);
    this.show();
  }

  show(look = this.look) {
    this.look = look;
    showBytes(this.canvas, this.bytes, this.rows, this.columns, look.ink);
    if (this.pen.shown) {
      const context = this.canvas.getContext("2d");
      context.globalAlpha = this.pen.down ? 1 : 0.6;
      context.fillStyle = look.colours[0];
      context.fillRect(Math.floor(this.pen.x), Math.floor(this.pen.y), 1, 1);
    }
  }
}
