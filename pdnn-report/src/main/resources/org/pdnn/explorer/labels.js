"use strict";
// Where the labels of a chart stand: beside their points, clear of each other and of what is drawn.

const LABEL = { size: 12, height: 14, gap: 4 };

const overlap = (one, other) =>
  Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left)) *
  Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));

const around = ({ x, y }, reach) => ({
  left: x - reach,
  right: x + reach,
  top: y - reach,
  bottom: y + reach,
});

/** What a line between points covers, as small boxes. */
function alongLine(points) {
  return points.slice(1).flatMap((to, i) => {
    const from = points[i];
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 4));
    return Array.from({ length: steps + 1 }, (_, step) =>
      around(
        { x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps },
        1.5,
      ),
    );
  });
}

/** The boxes that a label may have, the best first: at the right, above, below, at the left, at corners. */
function boxesOf({ words, x, y, reach }) {
  const width = textWidth(words, LABEL.size);
  const { height, gap } = LABEL;
  const far = reach + gap;
  const at = (left, top) => ({ left, top, right: left + width, bottom: top + height });
  const [right, above, below, left] = [x + far, y - far - height, y + far, x - far - width];
  const [centre, middle] = [x - width / 2, y - height / 2];
  return [
    at(right, middle),
    at(centre, above),
    at(centre, below),
    at(left, middle),
    at(right, above),
    at(left, above),
    at(right, below),
    at(left, below),
  ];
}

/** What is hidden by a label at a place: words of others count most, then what leaves the frame. */
function hiddenBy(box, drawn, labels, frame) {
  const under = (boxes) => boxes.reduce((sum, other) => sum + overlap(box, other), 0);
  const outside = (box.right - box.left) * (box.bottom - box.top) - overlap(box, frame);
  return under(drawn) + 100 * under(labels) + 10 * outside;
}

/**
 * Places labels one after the other, each where it hides least.
 *
 * @param labels words, the place of their point and how far its marker reaches
 * @param drawn boxes of what must be seen
 * @param frame what labels must not leave
 */
function placeLabels(labels, drawn, frame) {
  const taken = [];
  return labels.map((label) => {
    const boxes = boxesOf(label);
    const areas = boxes.map((box) => hiddenBy(box, drawn, taken, frame));
    const box = boxes[areas.indexOf(Math.min(...areas))];
    taken.push(box);
    return { ...label, box };
  });
}
