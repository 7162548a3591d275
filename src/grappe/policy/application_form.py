"""The form of an application: questions, texts and documents that follow from the terms of a scheme."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from grappe.domain.errors import Problem
from grappe.domain.vocabulary import vocabulary
from grappe.policy.cite import Cite
from grappe.policy.profile import Fact, FactValue, Profile
from grappe.policy.scheme import Condition, ConditionKind, Scheme, Text


class QuestionType(StrEnum):
    """What an answer is."""

    FLAG = "flag"  # yes or no
    NUMBER = "number"  # zero or more
    CODE = "code"  # one of a list, or a code as the applicant knows it
    CODES = "codes"  # several of them, separated by commas
    TEXT = "text"
    AMOUNT = "amount"


TYPES: Mapping[ConditionKind, QuestionType] = {
    ConditionKind.MIN: QuestionType.NUMBER,
    ConditionKind.MAX: QuestionType.NUMBER,
    ConditionKind.ONE_OF: QuestionType.CODE,
    ConditionKind.ALL_OF: QuestionType.CODES,
    ConditionKind.FLAG: QuestionType.FLAG,
}
"""Type of the question that each kind of condition asks; the others ask of their ways, or of nobody."""

AMOUNT = "amount"
"""Question for the amount that is applied for."""
PROJECT = "project"
"""Question for what the applicant wants to do."""
OBJECTIVES = "objectives"
"""Question for what the applicant commits itself to."""
LONGEST = 20_000
"""Characters of the longest text that is taken."""

Answers = Mapping[str, str]
"""Answers as they were typed, by the id of the question; what is not answered is left out."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form.

    Attributes
    ----------
    id : str
        Name of the fact that is asked for, or one of `AMOUNT`, `PROJECT`, `OBJECTIVES`.
    type : QuestionType
    title : Text or None
        In three languages, as the scheme words it; None for the questions that every form has.
    needed : bool
        Whether an application without an answer cannot be submitted.
    unit : str or None
    options : tuple of str
        Accepted codes, where the scheme lists them.
    cites : tuple of Cite
        The text that makes it be asked.
    """

    id: str
    type: QuestionType
    title: Text | None = None
    needed: bool = False
    unit: str | None = None
    options: tuple[str, ...] = ()
    cites: tuple[Cite, ...] = ()


LISTED = ("sector", "legal_form")
"""Facts whose codes are those of a controlled list: any of them may be true of an applicant."""


def choices(question: Question) -> tuple[str, ...]:
    """Codes to choose from: those of the controlled list of the fact, else those that the scheme names.

    Examples
    --------
    >>> choices(Question("sector", QuestionType.CODE, options=("1",)))
    ('1', '2', '3', '4', '5', '6', '7')
    """
    return tuple(vocabulary(question.id)) if question.id in LISTED else question.options


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that the scheme asks an applicant for."""

    id: str
    title: Text
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What an application to a scheme consists of."""

    questions: tuple[Question, ...]
    papers: tuple[Paper, ...]

    def question(self, id: str) -> Question | None:
        """The question of an id."""
        return next((one for one in self.questions if one.id == id), None)


NOT_APPLIED_WITH = frozenset({"contract", "specification", "convention"})
"""Documents of a scheme that the state writes, or that come after the decision."""


def application_form(scheme: Scheme, on: date) -> Form:
    """The form that follows from the conditions and documents of a scheme on a day.

    Every fact that a condition in force asks for is one question, also if several conditions look at
    it. None of them is needed: an applicant may not know, and eligibility then cannot be told. What is
    needed is the project, its objectives and the amount.

    Parameters
    ----------
    scheme : Scheme
    on : date

    Returns
    -------
    Form

    Examples
    --------
    >>> from grappe.policy import scheme
    >>> form = application_form(scheme("ma-contract-programme"), date(2019, 3, 15))
    >>> [(one.id, one.type.value) for one in form.questions if one.needed]
    [('project', 'text'), ('objectives', 'text'), ('amount', 'amount')]
    """
    asked: dict[str, Question] = {}
    for condition in scheme.all_conditions():
        if condition.field is None or scheme.holds(on, condition.validity) is False:
            continue
        asked.setdefault(condition.field, _question(condition, scheme))
    always = (
        Question(PROJECT, QuestionType.TEXT, needed=True),
        Question(OBJECTIVES, QuestionType.TEXT, needed=True),
        Question(AMOUNT, QuestionType.AMOUNT, needed=True),
    )
    papers = [
        Paper(one.id, one.name, one.cites) for one in scheme.documents if one.id not in NOT_APPLIED_WITH
    ]
    return Form((*asked.values(), *always), tuple(papers))


def _question(condition: Condition, scheme: Scheme) -> Question:
    listed = condition.needed
    if listed is None and condition.parameter is not None:
        value = scheme.parameters[condition.parameter].value
        listed = tuple(str(one) for one in value) if isinstance(value, tuple) else None
    return Question(
        id=condition.field or condition.id,
        type=TYPES[condition.kind],
        title=condition.name,
        unit=condition.unit,
        options=listed if isinstance(listed, tuple) else (),
        cites=condition.cites,
    )


def answer_problems(
    form: Form,
    answers: Answers,
    place: str,
    *,
    cap: Decimal | None = None,
    cap_cites: Iterable[Cite] = (),
    complete: bool = False,
) -> list[Problem]:
    """Everything wrong with some answers, each named with what is accepted.

    Parameters
    ----------
    form : Form
    answers : mapping of question to text
    place : str
        What the problems name as their place.
    cap : Decimal, optional
        Most that may be applied for.
    cap_cites : citations of the cap
    complete : bool
        Whether needed answers must be there: to submit, not to save a draft.

    Returns
    -------
    list of Problem
        Of code ``answer_not_asked``, ``answer_missing``, ``answer_not_flag``, ``answer_not_number``,
        ``answer_negative``, ``answer_not_listed``, ``answer_too_long``, ``amount_zero`` or
        ``amount_over_cap``.

    Examples
    --------
    >>> from grappe.policy import scheme
    >>> form = application_form(scheme("ma-contract-programme"), date(2019, 3, 15))
    >>> [one.code for one in answer_problems(form, {"amount": "-5"}, "application", complete=True)]
    ['answer_missing', 'answer_missing', 'answer_negative']
    """
    found: list[Problem] = []
    for id in answers:
        if form.question(id) is None:
            accepted = ", ".join(one.id for one in form.questions)
            found.append(Problem("answer_not_asked", place, field=id, params={"accepted": accepted}))
    for question in form.questions:
        text = answers.get(question.id, "").strip()
        if text:
            found += _answer_problems(question, text, place, cap, cap_cites)
        elif complete and question.needed:
            found.append(Problem("answer_missing", place, field=question.id))
    return found


def _answer_problems(
    question: Question, text: str, place: str, cap: Decimal | None, cap_cites: Iterable[Cite]
) -> list[Problem]:
    def wrong(code: str, **params: str) -> list[Problem]:
        return [Problem(code, place, field=question.id, value=text[:80], params=params)]

    match question.type:
        case QuestionType.TEXT:
            return wrong("answer_too_long", most=str(LONGEST)) if len(text) > LONGEST else []
        case QuestionType.FLAG:
            return [] if text in FLAGS else wrong("answer_not_flag", accepted=", ".join(FLAGS))
        case QuestionType.CODE | QuestionType.CODES:
            codes = (
                [one.strip() for one in text.split(",")] if question.type is QuestionType.CODES else [text]
            )
            # A code outside the list of a condition is a true answer, and fails the condition.
            return [] if all(codes) else wrong("answer_not_listed", accepted=", ".join(question.options))
    value = number_of(text)
    if value is None:
        return wrong("answer_not_number")
    if value < 0:
        return wrong("answer_negative")
    if question.type is QuestionType.AMOUNT and value == 0:
        return wrong("amount_zero")
    if question.type is QuestionType.AMOUNT and cap is not None and value > cap:
        return wrong("amount_over_cap", cap=str(cap), cites=", ".join(one.short for one in cap_cites))
    return []


FLAGS: Mapping[str, bool] = {"yes": True, "no": False}
"""Answers to a question of yes or no."""


_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,3})?")
_TWO_WAYS = re.compile(r"[+-]?[0-9]{1,3},[0-9]{3}")


def number_of(text: str) -> Decimal | None:
    """A number from text, or nothing where it cannot be read without a doubt.

    Spaces between groups of digits, a comma for the point and the digits of Arabic are read. At most
    fifteen digits before the point and three after can be kept. ``1,500`` is refused: it is a thousand
    and a half to some, one and a half to others.

    Examples
    --------
    >>> number_of("1 500 000,50"), number_of("٥٠٠٫٥")
    (Decimal('1500000.50'), Decimal('500.5'))
    >>> [number_of(one) for one in ("many", "NaN", "1e30", "1,500", "1.2345")]
    [None, None, None, None, None]
    """
    plain = "".join(text.split()).replace("\u202f", "").replace("\u00a0", "")
    plain = "".join(str(unicodedata.decimal(one, one)) for one in plain)
    plain = plain.replace("\u066b", ".").replace("\u066c", "")
    if _TWO_WAYS.fullmatch(plain):
        return None
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def declared(form: Form, answers: Answers, known: Profile | None = None) -> Profile:
    """The profile by which eligibility is asked: what the census knows, and over it what is declared.

    Parameters
    ----------
    form : Form
    answers : mapping of question to text
        Those with a mistake are left out.
    known : Profile, optional
        Facts of the census, with their citations.

    Returns
    -------
    Profile
        Facts that were declared have no citation and are ``read_as`` ``declared``.

    Examples
    --------
    >>> from grappe.policy import scheme
    >>> form = application_form(scheme("ma-contract-programme"), date(2019, 3, 15))
    >>> declared(form, {"collaborative_rd": "yes"})["collaborative_rd"].value
    True
    """
    facts = dict(known or {})
    for question in form.questions:
        text = answers.get(question.id, "").strip()
        if text and question.id not in (AMOUNT, PROJECT, OBJECTIVES):
            value = _value(question, text)
            if value is not None:
                facts[question.id] = Fact(value, read_as="declared")
    return facts


def _value(question: Question, text: str) -> FactValue | None:
    match question.type:
        case QuestionType.FLAG:
            return FLAGS.get(text)
        case QuestionType.NUMBER:
            number = number_of(text)
            if number is None or number < 0:
                return None
            return int(number) if number == number.to_integral_value() else float(number)
        case QuestionType.CODES:
            return tuple(one.strip() for one in text.split(",") if one.strip())
    return text
