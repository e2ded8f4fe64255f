import { CATALOGUE } from "./catalogue.js"; // of bot/texts, as the server has it

/** All that the page itself says, in the languages of its people. */

let language = "vi";

/** Speak the language of this code from now on; Vietnamese where there is none for it. */
export function speak(code) {
  language = code in CATALOGUE ? code : "vi";
  document.documentElement.lang = language;
}

export const spoken = () => language;

/** The languages, by code, each by its own name. */
export const names = () =>
  Object.fromEntries(Object.entries(CATALOGUE).map(([code, words]) => [code, words.languageName]));

/** What is said under this name, `{blanks}` filled. */
export function say(name, blanks = {}) {
  return CATALOGUE[language][name].replace(/\{(\w+)\}/g, (_, blank) => blanks[blank]);
}

// Days are written before months, and hours to 24, whatever the language's country.
const inLanguage = (options) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options);

/** The time of day of a Unix time. */
export const timeOf = (seconds) => inLanguage({ hour: "2-digit", minute: "2-digit" }).format(1000 * seconds);

/** The day of a Unix time, as people call it. */
export function dayOf(seconds) {
  const days = Math.round((startOfDay(Date.now()) - startOfDay(1000 * seconds)) / 86_400_000);
  if (days === 0) return say("today");
  return days === 1 ? say("yesterday") : inLanguage({ day: "numeric", month: "long" }).format(1000 * seconds);
}

const startOfDay = (milliseconds) => new Date(milliseconds).setHours(0, 0, 0, 0);
