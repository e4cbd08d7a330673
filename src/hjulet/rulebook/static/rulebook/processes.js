// Comfort only: the same is done by the buttons of each row. A step is dragged to a place among those beside it.
let dragged;

for (const row of document.querySelectorAll("tr[data-place]")) {
  row.draggable = true;
  row.addEventListener("dragstart", () => {
    dragged = row;
  });
  row.addEventListener("dragover", (event) => {
    if (!dragged || dragged === row || dragged.dataset.beside !== row.dataset.beside) return;
    event.preventDefault();
    row.classList.add("is-over");
  });
  row.addEventListener("dragleave", () => row.classList.remove("is-over"));
  row.addEventListener("drop", (event) => {
    event.preventDefault();
    const beside = [...document.querySelectorAll("tr[data-place]")].filter(
      (other) => other.dataset.beside === row.dataset.beside,
    );
    const form = document.createElement("form");
    form.method = "post";
    form.action = dragged.dataset.place;
    const fields = new FormData(row.querySelector("form"));
    fields.set("position", beside.indexOf(row) + 1);
    for (const [name, value] of fields) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  });
}
