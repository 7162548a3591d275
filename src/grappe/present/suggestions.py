"""Suggested partners as plain dicts and in sentences: why, and what speaks against."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from babel import Locale

from grappe.domain.statement import Statement
from grappe.network.offers_needs import Meeting
from grappe.network.suggestion_against import Against
from grappe.network.suggestion_parts import Grounds
from grappe.network.suggestion_score import Suggestion
from grappe.network.suggestion_weights import shipped
from grappe.present.catalogue import N_, say
from grappe.present.plain import Plain
from grappe.present.words import country_name, day, field_label, label, number

PART_NAMES = {
    "niche": N_("same or adjacent niche"),
    "value_chain": N_("complementary in the value chain"),
    "offers_needs": N_("offers meet needs"),
    "common_partner": N_("common partner"),
    "peer_partner": N_("works with a cluster of the niche"),
    "programme": N_("shared programme"),
    "level": N_("geography and what is sought"),
    "network": N_("shared network"),
    "maturity": N_("comparable maturity"),
    "size": N_("comparable size"),
    "language": N_("common language"),
    "events": N_("shared fairs and platforms"),
    "earlier": N_("earlier agreement"),
}
"""Names of the parts, total over the rules."""

PART_WORDS: Mapping[tuple[str, str], str] = {
    ("niche", "same"): N_("Same niche: {niche}."),
    ("niche", "industry"): N_("Same industry: {industry}."),
    ("niche", "adjacent"): N_("Adjacent activities in the international classification: {one} and {other}."),
    ("value_chain", "supplies"): N_("{giver} makes what {taker} works with: {made} upstream of {used}."),
    ("offers_needs", "met"): "{met}",
    ("common_partner", "partner"): N_("Both work with, or are supported by: {partner}."),
    ("peer_partner", "peer"): "{peer}",
    ("programme", "programme"): N_("Both are in a programme, or supported by it: {programme}."),
    ("network", "network"): N_("Both are in a network: {network}."),
    ("events", "event"): N_("At one fair or on one platform, which is no partnership: {event}."),
    ("level", "sought"): N_("{who} plans or seeks cooperation with this country: {country}."),
    ("level", "abroad"): N_("{who} cooperates with this country, without a named partner: {country}."),
    ("level", "host"): N_("Both have the same host: {host}."),
    ("level", "searching"): N_("Looks for partners: {who}."),
    ("level", "country"): N_("Both are in the same country: {country}."),
    ("level", "maghreb"): N_("Both are in the Maghreb."),
    ("maturity", "state"): N_("Same state: {state}."),
    ("maturity", "years"): N_("Created at about the same time: {years}."),
    ("maturity", "state+years"): N_("Same state: {state}; created at about the same time: {years}."),
    ("size", "members"): N_("Comparable numbers of members: {members}."),
    ("language", "official"): N_("Official language of both countries: {language}."),
    ("language", "working"): N_("Both countries belong to the organisation of a language: {language}."),
    ("earlier", "over"): N_("They have worked together before."),
    ("earlier", "planned"): N_("A cooperation of the two was planned; nothing says that it came about."),
}
"""Sentences of the parts by variant; two are made of sentences of their own."""
MET_WORDS = N_("{giver} offers what {taker} needs: {offer}")
ANSWER_WORDS = N_("{giver} offers what may answer an obstacle of {taker} ({need}): {offer}")
PEER_WORDS = N_("{who} works with {third}, of the same niche: {niche}")

QUOTED = frozenset({("level", "sought"), ("level", "abroad")})
"""Parts that rest on a country alone: the source often narrows it, so its words are told as well."""
QUOTED_WORDS = N_("{sentence} In print: “{printed}”.")

AGAINST_WORDS = {
    "bare": N_("Only circumstances speak for it: nothing that the two do, want, or know in common."),
    "border": N_("The land border between the two countries is closed: {countries}."),
    "visa": N_("People of one of the two countries need a visa for the other: {countries}."),
    "payments": N_("Payments abroad are under exchange control: {countries}."),
    "language": N_("No official language in common: {countries}."),
    "size_gap": N_("Very unequal numbers of members: {members}."),
    "not_yet": N_("This cluster is planned: it does not exist yet."),
    "over": N_("Their only recorded links are over, planned, or no cooperation."),
    "silent": N_("Silence: no fact about it is later than {day}."),
    "unknown": N_("Nothing is known of: {fields}."),
    "no_contact": N_("No link between the two is recorded by name."),
}
"""Sentences of what speaks against, total over its codes."""
FIELD_NAMES: Mapping[str, Callable[[str], str]] = {
    "niches": lambda language: field_label("cluster", "niche", language),
    "members": lambda language: say(language, N_("total number of members")),
    "created": lambda language: field_label("cluster", "created", language),
    "state": lambda language: field_label("cluster", "state", language),
    "country": lambda language: field_label("cluster", "country", language),
    "needs": lambda language: say(language, N_("needs")),
    "outcome": lambda language: say(language, N_("what came of their cooperation")),
}
"""Words for what is not known."""
_JOINED = {"fr": ", ", "en": ", ", "ar": "، "}
_SENTENCES = {"fr": " ; ", "en": "; ", "ar": "؛ "}
Names = Mapping[str, str]


def suggestion_plain(
    one: Suggestion,
    names: Names,
    stated: Mapping[str, Sequence[Statement]],
    country: str | None,
    language: str,
) -> Plain:
    """A suggestion with its reasons in codes and in words, and where each stands in its source.

    Parameters
    ----------
    one : Suggestion
    names : of every entity that a reason speaks of
    stated : statements behind every cited id
    country : of the cluster suggested
    language : of the sentences
    """
    return {
        "rank": one.rank,
        "rank_before": one.rank_before,
        "cluster": one.cluster,
        "cluster_name": names[one.cluster],
        "id": one.other,
        "name": names[one.other],
        "country": country,
        "level": one.level,
        "linked": one.linked,
        "score": float(one.score),
        "score_before": float(one.score_before),
        "parts": [
            {
                "code": part.code,
                "points": float(part.points),
                "share": part.why.share,
                "variant": part.why.variant,
                "words": part_words(
                    part.code, part.why, names, language, _countries_printed(part.why, stated)
                ),
            }
            | _grounded(part.why, stated)
            for part in one.parts
        ],
        "against": [
            {"code": reason.code, "words": against_words(reason, language)} | _grounded(reason, stated)
            for reason in one.against
        ],
    }


def _grounded(why: Grounds | Against, stated: Mapping[str, Sequence[Statement]]) -> Plain:
    return {
        "params": {name: list(texts) for name, texts in why.params.items()},
        "cites": [cite_plain(cite, stated.get(cite, ())) for cite in why.cites],
        "grounds": list(why.grounds),
    }


def cite_plain(cite: str, stated: Sequence[Statement]) -> Plain:
    """A cited id with the statements behind it: one for a statement, several for a link.

    An id without statements is that of a matchmaking event for which it was declared.
    """
    kind = "event" if not stated else "statement" if stated[0].id == cite else "link"
    return {
        "id": cite,
        "kind": kind,
        "at": [
            {
                "statement": one.id,
                "source": one.source,
                "line": list(one.lines) or None,
                "key": one.key,
                "printed": one.printed,
            }
            for one in stated
        ],
    }


def weights_plain(weights: Mapping[str, Decimal], language: str) -> list[Plain]:
    """Weight of every part, with the one shipped, and why."""
    return [
        {
            "code": code,
            "words": say(language, PART_NAMES[code]),
            "weight": float(weights[code]),
            "shipped": float(row.weight),
            "changed": weights[code] != row.weight,
            "reason": row.reason,
            "reference": row.reference,
        }
        for code, row in shipped().items()
    ]


def part_words(code: str, why: Grounds, names: Names, language: str, printed: Sequence[str] = ()) -> str:
    """The sentence of a part, with the words of the source where the part rests on a country alone."""
    sentence = PART_WORDS[code, why.variant]
    gaps = {name: _gap(name, texts, names, language) for name, texts in why.params.items()}
    words = (
        say(language, sentence, **gaps) if sentence[0] != "{" or " " in sentence else gaps[why_gap(sentence)]
    )
    if printed and (code, why.variant) in QUOTED:
        return say(
            language, QUOTED_WORDS, sentence=words, printed=" … ".join(one.rstrip(".") for one in printed)
        )
    return words


def _countries_printed(why: Grounds, stated: Mapping[str, Sequence[Statement]]) -> list[str]:
    """What the source prints where it names a country without a partner there."""
    said = (one for cite in why.cites for one in stated.get(cite, ()) if one.field == "cooperation_country")
    return list(dict.fromkeys(one.printed for one in said if one.printed))


def why_gap(sentence: str) -> str:
    """Name of the only gap of a sentence that is nothing but one."""
    return sentence.strip("{}")


def against_words(reason: Against, language: str) -> str:
    """The sentence of what speaks against."""
    gaps = {name: _gap(name, texts, {}, language) for name, texts in reason.params.items()}
    return say(language, AGAINST_WORDS[reason.code], **gaps)


def _gap(name: str, texts: Sequence[str], names: Names, language: str) -> str:
    """What fills a gap: labels of codes, names of entities, of countries, of languages."""
    special: dict[str, Callable[[Sequence[str], Names, str], str]] = {"met": _met, "peer": _peer}
    if name in special:
        return special[name](texts, names, language)
    if name in ("one", "other", "made", "used"):
        return label(texts[0], texts[1], language)
    words: dict[str, Callable[[str], str]] = {
        "niche": lambda text: label("niche", text, language),
        "industry": lambda text: label("industry", text, language),
        "state": lambda text: label("state", text, language),
        "country": lambda text: country_name(text, language),
        "countries": lambda text: country_name(text, language),
        "language": lambda text: str(Locale(language).languages.get(text, text)),
        "members": lambda text: number(int(text), language),
        "fields": lambda text: _inside(FIELD_NAMES[text](language)),
        "day": lambda text: day(text, language),
        "years": lambda text: text,
    }
    word: Callable[[str], str] = words.get(name, lambda text: names.get(text, text))
    return _JOINED[language].join(word(text) for text in texts)


def _inside(words: str) -> str:
    """A label as it is written inside a sentence."""
    return words[:1].lower() + words[1:]


def offers_words(found: Iterable[Meeting], names: Names, language: str) -> str:
    """Which offers meet which needs, one sentence for each need; for a matchmaking event too.

    Parameters
    ----------
    found : from `grappe.network.offers_needs.offers_meet_needs`
    names : of both sides
    language : of the sentences
    """
    needs: dict[tuple[str, str, str, bool], list[str]] = {}
    for one in found:
        key = (one.giver, one.taker, one.need, one.offer == one.need)
        needs.setdefault(key, []).append(label("activity", one.offer, language))
    return _sentences(
        (
            say(
                language,
                MET_WORDS if stated else ANSWER_WORDS,
                giver=names[giver],
                offer=_JOINED[language].join(offers),
                taker=names[taker],
                need=label("obstacle", need, language),
            )
            for (giver, taker, need, stated), offers in needs.items()
        ),
        language,
    )


def _met(texts: Sequence[str], names: Names, language: str) -> str:
    found = (Meeting(giver, taker, offer, need) for giver, offer, taker, need in _grouped(texts, 4))
    return offers_words(found, names, language)


def _peer(texts: Sequence[str], names: Names, language: str) -> str:
    return _sentences(
        (
            say(
                language,
                PEER_WORDS,
                who=names[who],
                third=names[third],
                niche=label("niche", niche, language),
            )
            for who, third, niche in _grouped(texts, 3)
        ),
        language,
    )


def _grouped(texts: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (texts[start : start + size] for start in range(0, len(texts), size))


def _sentences(found: Iterable[str], language: str) -> str:
    return _SENTENCES[language].join(found) + "."


def suggestions_text(answer: Plain, language: str) -> str:
    """Suggestions for a terminal: each with its reasons, lines and what speaks against."""
    lines = [_head(answer, language)]
    for name in ("suggestions", "joining"):
        rows = answer.get(name)
        if name == "joining" and rows is not None:
            lines += ["", say(language, N_("Who could join:"))]
        for row in rows or ():
            lines += ["", *_lines(row, "id" not in answer, language)]
        if rows is not None and not rows:
            lines.append(say(language, N_("Nothing speaks for anybody.")))
    return "\n".join(lines)


def _head(answer: Plain, language: str) -> str:
    on = day(answer["on"], language)
    if "programme" in answer:
        inside = _JOINED[language].join(one["name"] for one in answer["inside"]) or "—"
        words = N_("As of {on}. {name}. Clusters in it: {inside}. Pairs that do not work together yet:")
        return say(language, words, on=on, name=answer["name"], inside=inside)
    if "countries" in answer:
        pair = " – ".join(country_name(code, language) for code in answer["countries"])
        return say(language, N_("As of {on}. Pairs of clusters: {countries}."), on=on, countries=pair)
    if answer["ended"]:
        words = N_("As of {on}, {name} has merged or dissolved: nothing is suggested for it.")
    else:
        words = N_("As of {on}. Partners suggested for {name}:")
    return say(language, words, on=on, name=answer["name"])


def _lines(row: Plain, pair: bool, language: str) -> list[str]:
    who = f"{row['cluster_name']} — {row['name']}" if pair else row["name"]
    ids = f"{row['cluster']}, {row['id']}" if pair else row["id"]
    level = label("level", row["level"], language) if row["level"] else "—"
    title = f"{row['rank']}. {who} ({ids}; {level}): {row['score']:g}"
    if row["rank"] != row["rank_before"] or row["score"] != row["score_before"]:
        words = N_("by the weights as shipped: rank {rank}, score {score}")
        title += f" [{say(language, words, rank=row['rank_before'], score=format(row['score_before'], 'g'))}]"
    found = [title]
    for part in row["parts"]:
        found.append(f"   + {part['points']:g}  {part['words']}{_where(part, language)}")
    for reason in row["against"]:
        found.append(f"   −  {reason['words']}{_where(reason, language)}")
    return found


def _where(reason: Plain, language: str) -> str:
    lines = sorted({line for cite in reason["cites"] for at in cite["at"] for line in at["line"] or ()})
    told = [say(language, N_("l. {lines}"), lines=_JOINED[language].join(map(str, lines)))] if lines else []
    told += reason["grounds"]
    return f" ({_SENTENCES[language].join(told)})" if told else ""
