// The page's one role=status line. The text is emptied first, so that the same words are spoken twice.
export function say(words, { visible = false } = {}) {
  const line = document.getElementById("status");
  if (!line) return;
  line.classList.toggle("app-status--spoken", visible);
  line.classList.toggle("govuk-visually-hidden", !visible);
  line.textContent = "";
  setTimeout(() => { line.textContent = words; }, 50);
}
