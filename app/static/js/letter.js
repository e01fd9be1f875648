// On the page that divides a letter: the points that a selection touches are put under one question at once.
import { say } from "soundings/status";

const choose = document.querySelector("[data-choose]");
const points = [...document.querySelectorAll("[data-point]")];
let touched = [];

function overlaps(selected, point) {
  const whole = document.createRange();
  whole.selectNodeContents(point);
  return selected.compareBoundaryPoints(Range.START_TO_END, whole) > 0
    && selected.compareBoundaryPoints(Range.END_TO_START, whole) < 0;
}

// The last selection in the letter counts: choosing a question takes the selection away.
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return;
  const found = points.filter((point) => overlaps(selection.getRangeAt(0), point));
  if (found.length) touched = found;
});

choose?.querySelector("button").addEventListener("click", () => {
  const question = choose.querySelector("select");
  for (const point of touched) document.getElementById(`at-${point.dataset.point}`).value = question.value;
  const many = touched.length === 1 ? "1 point" : `${touched.length} points`;
  const where = question.selectedOptions[0].textContent;
  say(touched.length ? `${many}: ${where}` : "Select words in the letter first.", { visible: true });
});
