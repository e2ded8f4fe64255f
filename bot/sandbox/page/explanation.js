import { el } from "./dom.js";
import { say, spoken } from "./words.js";

/** By what an answer was chosen, as `Library.explain` tells it: the verdict, the question as understood, the candidates. */
export function explained({ answer, reason, threshold, parts }) {
  return [
    verdict(answer, reason, threshold),
    ...parts.map((part, at) =>
      el(
        "section.part",
        {},
        parts.length > 1 ? el("h3", {}, `${at + 1}`) : null,
        query(part),
        candidates(part),
        factors(part),
      ),
    ),
  ];
}

function verdict(answer, reason, threshold) {
  const answered = answer.status === "answered";
  const share = Math.round(100 * answer.confidence);
  const needed = Math.round(100 * threshold);
  const label = say("confidenceOf", { share, threshold: needed });
  const bar = el("meter", {
    min: 0,
    max: 1,
    low: threshold,
    high: threshold,
    optimum: 1,
    value: answer.confidence,
    "aria-label": label,
  });
  return el(
    `section.verdict${answered ? ".yes" : ".no"}`,
    {},
    el("h3", {}, say(answered ? "answered" : "refused")),
    el("p", {}, reason ? because(reason) : say("noReason")),
    bar,
    el("p.small", {}, label),
  );
}

const REASONS = {
  "another office": "anotherOffice",
  "another person": "anotherPerson",
  "another place": "anotherPlace",
  "another number": "anotherNumber",
  "nothing of the kind asked for": "nothingOfKind",
  "no words to look for": "noWords",
  "whom it means is not said": "unresolved",
  "nothing found": "nothingFound",
  "not sure enough": "notSure",
};

/** A reason of `retrieval.ask` in the person's words; one that is new, as it is. */
const because = (reason) => (reason in REASONS ? say(REASONS[reason]) : reason);

// The kinds of questions that config/questions.toml tells apart.
const KINDS = {
  compare: "kindCompare",
  day: "kindDay",
  definition: "kindDefinition",
  hour: "kindHour",
  how: "kindHow",
  "how many": "kindHowMany",
  list: "kindList",
  office: "kindOffice",
  said: "kindSaid",
  what: "kindWhat",
  when: "kindWhen",
  where: "kindWhere",
  who: "kindWho",
  why: "kindWhy",
  year: "kindYear",
  "yes/no": "kindYesNo",
};

const kindOf = (kind) => (kind in KINDS ? say(KINDS[kind]) : kind);

function query(part) {
  const row = (name, value) => (value ? [el("dt", {}, say(name)), el("dd", {}, value)] : []);
  const chips = (list) => (list.length ? list.map((each) => el("span.term", {}, each)) : null);
  return el(
    "details",
    { open: true },
    el("summary", {}, say("query")),
    el(
      "dl",
      {},
      row("question", part.text),
      row("kind", part.accented ? kindOf(part.kind) : `${kindOf(part.kind)} · ${say("withoutAccents")}`),
      row("terms", chips(part.terms)),
      row("names", chips(part.names)),
      row("numbers", chips(part.numbers)),
      row("offices", chips(part.offices)),
      row("objection", part.objection && because(part.objection)),
      part.unresolved ? row("reason", say("unresolved")) : [],
    ),
  );
}

function candidates(part) {
  if (!part.candidates.length) return null;
  return el(
    "details",
    { open: true },
    el("summary", {}, `${say("candidates")} (${part.candidates.length})`),
    el("ol.candidates", {}, part.candidates.map(candidate)),
  );
}

function candidate({ text, source, score, sentence_bm25, passage_bm25, features }) {
  return el(
    "li",
    {},
    el("p.quote", {}, text),
    el("p.small", {}, source),
    el(
      "details",
      {},
      el(
        "summary",
        {},
        `${say("score")} ${number(score)} · ${say("bm25", { sentence: number(sentence_bm25), passage: number(passage_bm25) })}`,
      ),
      contributions(features),
    ),
  );
}

function factors(part) {
  if (!part.factors.length) return null;
  const bias = { name: "bias", value: 1, weight: part.bias, adds: part.bias };
  return el("details", {}, el("summary", {}, say("factors")), contributions([...part.factors, bias]));
}

function contributions(list) {
  const head = ["feature", "value", "weight", "adds"].map((name) => el("th", { scope: "col" }, say(name)));
  const rows = list.map(({ name, value, weight, adds }) =>
    el("tr", {}, el("th", { scope: "row" }, name), ...[value, weight, adds].map((each) => el("td", {}, number(each)))),
  );
  return el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows));
}

const number = (value) => value.toLocaleString(spoken(), { maximumFractionDigits: 2 });
