"use strict";
// Colours, shapes and letters of the charts.

// Any two are told apart with and without red-green blindness, and all from the paper; the first are
// the most different. A test measures it.
const LOOKS = {
  light: {
    ink: "#1c1c1a",
    faint: "#63635e",
    grid: "#e7e6e1",
    paper: "#ffffff",
    colours: [
      "#3c8dfc",
      "#b55207",
      "#7b0082",
      "#177791",
      "#6330f6",
      "#623741",
      "#c28001",
      "#d62fb8",
      "#159c75",
      "#785553",
    ],
  },
  dark: {
    ink: "#e9e7e1",
    faint: "#a5a39c",
    grid: "#30322f",
    paper: "#161715",
    colours: [
      "#7addf2",
      "#51850c",
      "#dbd413",
      "#54c09b",
      "#5a6cf0",
      "#cca43d",
      "#7d81c1",
      "#ad757c",
      "#b9dda3",
      "#b59ee6",
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
// By stroke: how a subject was run, or who measured it.
const DASHES = { solid: "solid", dashed: [7, 4], dotted: [2, 3] };

const TEXT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const LABEL_SIZE = 12;
const NAME_SIZE = 13;

/**
 * What a series looks like: colour and marker are its subject's, in every figure of the page; the
 * dash is its stroke's. What is of no subject has the colour of the text.
 */
function appearance(one, look) {
  const { slot } = one;
  const { length } = look.colours;
  return {
    colour: slot === undefined ? look.ink : look.colours[slot % length],
    shape: SHAPES[((slot ?? 0) + Math.floor((slot ?? 0) / length)) % SHAPES.length],
    dash: DASHES[one.stroke],
    hollow: one.stroke !== "solid",
  };
}

const measure = document.createElement("canvas").getContext("2d");

function textWidth(words, size) {
  measure.font = `${size}px ${TEXT}`;
  return measure.measureText(words).width;
}
