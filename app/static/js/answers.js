// Y, N and T answer the row that has the focus and go on to the next one.
const ANSWERS = { y: "yes", n: "no", t: "unsure" };
const form = document.querySelector("form[data-answers]");

function answersOf(row) {
  return [...row.querySelectorAll("input[type=radio][name^='answer-']")];
}

form?.addEventListener("keydown", (event) => {
  const wanted = ANSWERS[event.key.toLowerCase()];
  const row = event.target.closest("[data-row]");
  if (!wanted || !row || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const chosen = answersOf(row).find((one) => one.value === wanted);
  chosen.checked = true;
  const rows = [...form.querySelectorAll("[data-row]")];
  const next = rows[rows.indexOf(row) + 1];
  (next ? answersOf(next)[0] : form.querySelector("button[type=submit]")).focus();
});
