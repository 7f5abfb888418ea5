"use strict";
// Whatever goes wrong in the scripts below is written into the page, for its reader and its tests.
window.addEventListener("error", (event) => {
  const failures = document.body.dataset.failures;
  document.body.dataset.failures = (failures ? failures + "; " : "") + event.message;
});
