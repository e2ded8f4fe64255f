"""What speaks for a sentence as the answer to a question: a row of numbers for each candidate."""

import numpy as np
import numpy.typing as npt

from retrieval.evidence import LEVELS
from retrieval.index.forward import Longs as Offsets
from retrieval.index.forward import ranges
from retrieval.index.marks import Mark
from retrieval.index.searcher import Searcher
from retrieval.ranking.rows import Context, Floats, Mask, Rows, Terms, read

# Columns that rank with learned weights, in order; `features` tells what they are. "who: name" is 1 where the
# candidate for a who-question has a name that is not in the question.
RANKING = (
    "sentence share", "passage", "cover", "synonyms", "passage synonyms", "pairs", "passage pairs", "triples",
    "window", "answer window", "passage names", "passage numbers", "article names", "before", "after",
    "first", "when: year", "how many: number", "how many: year", "who: name", "who: full name", "where: name",
    "how: year", "what: year",
)  # fmt: skip
# Columns with weights set by hand, since the questions to learn from ask for hardly any office or statement.
RULES = ("head", "other head", "holder", "speech")
# Columns that only the confidence reads.
OTHERS = (
    "sentence", "passage cover", "numbers", "missing", "passage missing", "expected", "counted",
    "counted beside",
)  # fmt: skip
# Columns of the few candidates that are looked at more closely, where it is open which answers (`ranking.reread`).
CLOSER = (*LEVELS, "in its article")
NAMES = RANKING + RULES + OTHERS + CLOSER

# The marks of what answers a kind of question.
_ANSWERS = {
    "year": Mark.YEAR,
    "day": Mark.DATE,
    "when": Mark.DATE | Mark.YEAR,
    "how many": Mark.NUMBER,
    "who": Mark.CAPITAL,
    "where": Mark.CAPITAL,
}
_WINDOW = 8  # syllables
_ANSWER_WINDOW = 5  # syllables to each side of what may be the answer
_SAYS_WITHIN = 8  # syllables from the name: "Bùi Thanh Sơn, Bộ trưởng Bộ Ngoại giao, đề nghị"
_COUNTED_WITHIN = 3  # syllables from a number to what it counts: "60 di sản", "hơn 1 triệu lượt người"
# Syllables from the beginning of an office back or on to who holds it: "ông Bùi Thanh Sơn, Bộ trưởng Bộ Ngoại giao".
_NAME_BEFORE, _NAME_AFTER = 4, 10
_BY_DATE = 0.5  # what a term is worth that only the date of a sentence tells, beside one in its text


def features(terms: Terms, text: Searcher, sentences: Offsets, context: Context, bm25: tuple[Floats, Floats]) -> Floats:
    """(N, len(NAMES)) for N candidate sentences, none empty.

    `bm25` are the scores (N,) of the sentences and those of their passages, relative to the highest idf as `Terms.idf`
    is. A term told by the date of a sentence counts as if it stood there.

    - sentence, passage: the BM25 of each; sentence share: of the best candidate's.
    - cover: the idf of the terms it has, of all; missing: the highest idf of those it has not, of the highest.
    - synonyms: the idf of the terms that it has by a synonym only, of all.
    - names, numbers: the idf of those of the question it has, of all of them; 1 where there is none.
    - pairs, triples: the runs of terms that stand so in the question, by their rarity among the sentences looked at.
    - window: the most idf within eight syllables, of all; answer window: around what may be the answer.
    - before, after: the idf of what it has not, but the next sentence of the passage in that direction, of all.
    - first: of its passage.
    - head, other head: it has the office that is asked about; or only another one ("phó" or "cựu").
    - holder: of a question for who holds an office, it has the office with a full name beside it.
    - speech: of a question for what somebody said, it has a verb of saying soon after a name of the question.
    - expected: it has, beyond the question, what a question of this kind asks for; 1 where that is not known.
    - counted, counted beside: of a question "bao nhiêu", the passage has what is counted; and the sentence has another
      number than the question beside it.
    - told, doubtful, untold: how far it tells what is asked for; in its article: the logarithm of how many of those
      looked at stand in its article. 0 here: `ranking.reread` tells them.
    """
    passages, passage_of = np.unique(text.passages_of(sentences), return_inverse=True)
    firsts, ends = text.sentences_of(passages)
    rows = read(terms, text, ranges(firsts, ends))
    begins = np.cumsum(ends - firsts) - (ends - firsts)  # of each passage, among the rows
    at = begins[passage_of] + sentences - firsts[passage_of]
    passage_has = np.logical_or.reduceat(rows.has, begins)[passage_of]
    passage_means = np.logical_or.reduceat(rows.means, begins)[passage_of]
    scores = bm25[0] + _BY_DATE * ((context.dated & ~rows.has[at]) @ terms.idf)
    passage_scores = bm25[1] + _BY_DATE * ((context.dated & ~passage_has) @ terms.idf)
    undated = terms.idf * ~context.dated.any(axis=0)
    columns = {
        "sentence": scores,
        "sentence share": scores / max(scores.max(), 1e-9),
        "passage": passage_scores,
        "first": at == begins[passage_of],
        "synonyms": _share(rows.means[at] & ~rows.has[at], terms.idf),
        "passage synonyms": _share(passage_means & ~passage_has, terms.idf),
        **_coverage(terms, rows.has[at], passage_has, context),
        **_order(rows, at, np.logical_or.reduceat(rows.pairs, begins), passage_of),
        **_neighbours(terms, rows, at, begins[passage_of], (begins + ends - firsts)[passage_of]),
        **_shape(terms, rows, at, undated),
        **_counting(terms, rows, at, passage_has),
    }
    nothing = np.zeros(len(at))
    return np.stack([columns.get(name, nothing) for name in NAMES], axis=1, dtype=np.float64)


def _coverage(terms: Terms, has: Mask, passage_has: Mask, context: Context) -> dict[str, Floats]:
    result = {}
    for prefix, told in (("", has), ("passage ", passage_has), ("article ", passage_has | context.in_article)):
        had = told | context.dated
        result[f"{prefix}cover"] = _share(had, terms.idf)
        result[f"{prefix}missing"] = np.where(had, 0.0, terms.idf).max(axis=1) / max(terms.idf.max(), 1e-9)
        result[f"{prefix}names"] = _share(had, terms.idf * terms.is_name)
        result[f"{prefix}numbers"] = _share(had, terms.idf * terms.is_number)
    return result


def _order(rows: Rows, at: Offsets, passage_pairs: Mask, passage_of: Offsets) -> dict[str, Floats]:
    return {
        "pairs": rows.pairs[at] @ _rarity(rows.pairs),
        "triples": rows.triples[at] @ _rarity(rows.triples),
        "passage pairs": passage_pairs[passage_of] @ _rarity(passage_pairs),
    }


def _rarity(has: Mask) -> Floats:
    """How rare each column is among the rows, by the formula of BM25's idf, never below zero; about 0 to 0.8."""
    count = has.sum(axis=0)
    rarity: Floats = np.log1p((len(has) - count + 0.5) / (count + 0.5)) / 8
    return rarity


def _neighbours(terms: Terms, rows: Rows, at: Offsets, begins: Offsets, ends: Offsets) -> dict[str, Floats]:
    result = {}
    for name, there, inside in (("before", at - 1, at > begins), ("after", at + 1, at + 1 < ends)):
        has = rows.has[np.clip(there, 0, len(rows.has) - 1)] & inside[:, None]
        result[name] = _share(has & ~rows.has[at], terms.idf)
    return result


def _shape(terms: Terms, rows: Rows, at: Offsets, idf: Floats) -> dict[str, npt.NDArray[np.generic]]:
    new = rows.column < 0
    name = new & ((rows.marks & Mark.CAPITAL) > 0) & ((rows.marks & Mark.FIRST) == 0)
    traits = {
        "name": name,
        "full name": _beside(rows.row, name),
        "year": new & ((rows.marks & Mark.YEAR) > 0),
        "number": new & ((rows.marks & (Mark.NUMBER | Mark.YEAR)) == Mark.NUMBER),
    }
    answers = new & ((rows.marks & _ANSWERS.get(terms.kind, 0)) > 0)
    if terms.kind == "how many":
        answers &= (rows.marks & Mark.DATE) == 0
    head, other_head, holder = _heads(terms, rows, traits["full name"])
    kind = "when" if terms.kind in ("year", "day") else terms.kind
    return {
        **{f"{kind}: {trait}": rows.any(syllables)[at] for trait, syllables in traits.items()},
        "expected": rows.any(answers)[at] if terms.kind in _ANSWERS else np.ones(len(at)),
        "window": _densest(idf, rows, 0, _WINDOW, np.ones_like(new))[at],
        "answer window": _densest(idf, rows, _ANSWER_WINDOW, _ANSWER_WINDOW + 1, answers)[at],
        "head": head[at],
        "other head": other_head[at],
        "holder": holder[at] & terms.asks_holder,
        "speech": _says(terms, rows)[at],
    }


def _counting(terms: Terms, rows: Rows, at: Offsets, passage_has: Mask) -> dict[str, Mask]:
    """Of the two terms after "bao nhiêu" whether the passage has one, and whether a number stands beside the first."""
    there = passage_has[:, terms.slot : terms.slot + 2] if terms.kind == "how many" and terms.slot >= 0 else None
    if there is None or not there.shape[1]:
        return {"counted": np.ones(len(at), dtype=np.bool_), "counted beside": np.ones(len(at), dtype=np.bool_)}
    number = ((rows.marks & (Mark.NUMBER | Mark.DATE)) == Mark.NUMBER) & (rows.column < 0)
    beside = np.zeros_like(number)
    for step in range(-1, _COUNTED_WITHIN + 1):  # it stands before what it counts, seldom after
        beside |= np.roll(number, step) & (np.roll(rows.row, step) == rows.row)
    return {"counted": np.any(there, axis=1), "counted beside": rows.any(beside & (rows.column == terms.slot))[at]}


def _densest(idf: Floats, rows: Rows, before: int, after: int, around: Mask) -> Floats:
    """(R,) the most idf, of all, from `before` syllables before to `after` after one of those given (L,)."""
    weights = np.where(rows.column >= 0, idf[rows.column], 0.0) / max(idf.sum(), 1e-9)
    total = np.concatenate([[0.0], np.cumsum(weights)])
    places = np.flatnonzero(around)
    row = rows.row[places]
    ends = np.append(rows.starts, len(weights))
    within = total[np.minimum(places + after, ends[row + 1])] - total[np.maximum(places - before, ends[row])]
    result = np.zeros(len(rows.starts))
    np.maximum.at(result, row, within)
    return result


def _beside(row: Offsets, marked: Mask) -> Mask:
    """(L,) those of the syllables marked that have one of the same sentence beside them."""
    both = marked[:-1] & marked[1:] & (row[:-1] == row[1:])
    result: Mask = np.append(both, False) | np.append(False, both)
    return result


def _heads(terms: Terms, rows: Rows, names: Mask) -> tuple[Mask, Mask, Mask]:
    """(R,) the sentences with an office asked about, those where it begins the same but is another, and those where
    beside the office stands one of the full names (L,): "Bộ trưởng Bộ Ngoại giao Lê Hoài Trung".
    """
    same, any_at_all, held = np.zeros((3, len(rows.starts)), dtype=np.bool_)
    named = np.concatenate([[0], np.cumsum(names)])
    ends = np.append(rows.starts, len(rows.row))
    before = np.append(-1, rows.syllables[:-1])
    before[rows.starts[rows.starts < len(before)]] = -1
    modifier = np.where(np.isin(before, terms.modifiers), before, -1)
    following = np.append(rows.column[1:], -1)
    for (head, end), asked in zip(terms.heads, terms.head_modifiers, strict=True):
        begins = (rows.column == head) & (following == head + 1)
        whole = begins.copy()
        for step in range(2, end - head):
            whole &= np.append(rows.column[step:], np.full(step, -1)) == head + step
        same |= rows.any(whole & (modifier == asked))
        place = np.flatnonzero(whole & (modifier == asked))
        first = np.maximum(place - _NAME_BEFORE, ends[rows.row[place]])
        last = np.minimum(place + _NAME_AFTER, ends[rows.row[place] + 1])
        held[rows.row[place[named[last] > named[first]]]] = True
        any_at_all |= rows.any(begins)
    return same, any_at_all & ~same, held


def _says(terms: Terms, rows: Rows) -> Mask:
    """(R,) the sentences with a verb of saying at most a few syllables after a name or an office of the question."""
    if not terms.speech:
        return np.zeros(len(rows.starts), dtype=np.bool_)
    following = np.append(rows.syllables[1:], -1).astype(np.int64)
    both = rows.syllables.astype(np.int64) << 32 | following
    verbs = np.isin(rows.syllables, [verb[0] for verb in terms.speech if len(verb) == 1])
    verbs |= np.isin(both, [verb[0] << 32 | verb[1] for verb in terms.speech if len(verb) > 1])
    before = np.concatenate([[0], np.cumsum(verbs)])
    place = np.flatnonzero((rows.column >= 0) & terms.is_name[rows.column])
    ends = np.append(rows.starts[1:], len(verbs))
    last = np.minimum(place + _SAYS_WITHIN, ends[rows.row[place]])
    result = np.zeros(len(rows.starts), dtype=np.bool_)
    result[rows.row[place[before[last] > before[place]]]] = True
    return result


def _share(has: Mask, weights: Floats) -> Floats:
    total = float(weights.sum())
    share: Floats = has @ weights / total if total else np.ones(len(has))
    return share
