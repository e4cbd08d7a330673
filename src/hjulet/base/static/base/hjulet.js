// Comfort only: every page works without this file.

// A menu closes with Escape, and when the person goes on elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
for (const left of ["click", "focusin"]) {
  document.addEventListener(left, (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}

// Says how many characters are left of a text with a limit; the server counts a line break as two.
function count(text) {
  const counter = document.getElementById(`${text.id}_count`);
  if (!counter) return;
  const left = Number(counter.dataset.limit) - text.value.replaceAll("\n", "\r\n").length;
  counter.textContent = (left < 0 ? counter.dataset.over : counter.dataset.left).replace("%d", Math.abs(left));
  counter.classList.toggle("is-over", left < 0);
}
document.addEventListener("input", (event) => count(event.target));
document.querySelectorAll("textarea").forEach((text) => text.value && count(text));

// What is being written in a form is kept on the server a moment after each pause: a closed window costs nothing.
for (const form of document.querySelectorAll("form[data-keep]")) {
  const said = form.querySelector("[data-saved]");
  let waiting;
  const keep = async () => {
    const typed = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    typed.set("address", location.pathname + location.search);
    const answer = await fetch(form.dataset.keep, { method: "POST", body: typed, redirect: "manual" }).catch(() => null);
    const time = new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
    said.textContent = answer?.status === 204 ? `${said.dataset.saved} ${time}` : said.dataset.lost;
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 2000);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}

// Two minutes before the session ends the person may choose to stay. What happens in one window counts in all.
const ending = document.querySelector("dialog[data-idle]");
if (ending) {
  const SEEN = "seen";
  const patience = (Number(ending.dataset.idle) - 120) * 1000;
  const see = () => localStorage.setItem(SEEN, Date.now());
  const look = () => {
    const left = Number(localStorage.getItem(SEEN)) + patience - Date.now();
    if (left > 0) setTimeout(look, left);
    else if (!ending.open) ending.showModal();
  };
  ending.addEventListener("close", async () => {
    const answer = await fetch(ending.dataset.stay, { redirect: "manual" }).catch(() => null);
    if (answer?.status !== 204) return location.reload(); // too late: to the login, and back here to the draft
    see();
    look();
  });
  document.addEventListener("htmx:afterRequest", see);
  see();
  look();
}
