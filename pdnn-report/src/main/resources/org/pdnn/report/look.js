"use strict";
// Colours, shapes and letters of the charts.

// After Okabe and Ito: told apart by people of any colour vision. The dark ones are lighter on
// black, the light ones darker on white, than the originals.
const LOOKS = {
  light: {
    ink: "#1c1c1a",
    faint: "#63635e",
    grid: "#e7e6e1",
    paper: "#ffffff",
    colours: [
      "#0072b2",
      "#d55e00",
      "#008f68",
      "#b8578f",
      "#4d4d4d",
      "#b97f00",
      "#3d9dd6",
      "#7a5230",
    ],
  },
  dark: {
    ink: "#e9e7e1",
    faint: "#a5a39c",
    grid: "#30322f",
    paper: "#161715",
    colours: [
      "#56a9e8",
      "#f08a3c",
      "#2bc296",
      "#dd8fbd",
      "#bdbdbd",
      "#e6b03c",
      "#93d1f5",
      "#c69a72",
    ],
  },
};

// Shapes tell series apart where colours cannot: in print.
const SHAPES = [
  "M0,-1A1,1,0,1,1,0,1A1,1,0,1,1,0,-1Z",
  "M-.9,-.9H.9V.9H-.9Z",
  "M0,-1L1.1,.9H-1.1Z",
  "M0,-1.2L1.2,0L0,1.2L-1.2,0Z",
  "M0,1L1.1,-.9H-1.1Z",
];
const DASHES = [
  [6, 4],
  [2, 3],
  [9, 3, 2, 3],
  [12, 4],
];

const TEXT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const LABEL_SIZE = 12;
const NAME_SIZE = 13;

/** What a name looks like in every figure of the page. `index` is its place among all names. */
function appearance(index, look) {
  return {
    colour: look.colours[index % look.colours.length],
    shape: SHAPES[index % SHAPES.length],
    dash: DASHES[index % DASHES.length],
  };
}

const measure = document.createElement("canvas").getContext("2d");

function textWidth(words, size) {
  measure.font = `${size}px ${TEXT}`;
  return measure.measureText(words).width;
}
