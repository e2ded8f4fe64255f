/** What this browser remembers besides the world: the theme, whether the inspector is open, what has been seen. */

export const themes = ["auto", "light", "dark"];

export function theme() {
  return localStorage.getItem("theme") ?? "auto";
}

export function setTheme(chosen) {
  if (chosen === "auto") {
    localStorage.removeItem("theme");
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem("theme", chosen);
    document.documentElement.dataset.theme = chosen;
  }
}

export function inspecting() {
  const kept = localStorage.getItem("inspecting");
  return kept === null ? matchMedia("(min-width: 1200px)").matches : kept === "yes";
}

export function setInspecting(open) {
  localStorage.setItem("inspecting", open ? "yes" : "no");
}

/** What was being written in a place. */
export function draft(place) {
  return sessionStorage.getItem(`draft/${place}`) ?? "";
}

export function setDraft(place, text) {
  if (text) sessionStorage.setItem(`draft/${place}`, text);
  else sessionStorage.removeItem(`draft/${place}`);
}

/** The last message that a person has seen in a chat or topic, for the counts of unread ones. */
export function seen(account, chat, topic) {
  const kept = sessionStorage.getItem(`seen/${account}/${chat}/${topic ?? ""}`);
  return kept === null ? null : Number(kept);
}

export function setSeen(account, chat, topic, messageId) {
  sessionStorage.setItem(`seen/${account}/${chat}/${topic ?? ""}`, messageId);
}
