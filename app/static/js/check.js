// Solves the challenge of the page in a worker. Whatever fails here, the form is sent without a proof.
const field = document.querySelector("[data-challenge]");

function solve() {
  const challenge = JSON.parse(field.dataset.challenge);
  const worker = new Worker(field.dataset.worker);
  worker.addEventListener("message", ({ data }) => {
    worker.terminate();
    if (data && data.derivedKey) field.value = btoa(JSON.stringify({ challenge, solution: data }));
  });
  worker.addEventListener("error", () => worker.terminate());
  worker.postMessage({ type: "work", challenge });
}

if (field && window.Worker && window.crypto?.subtle) solve();
