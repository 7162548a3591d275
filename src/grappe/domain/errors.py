"""The one family of errors a user can meet: each has a code, parameters, an exit code and an HTTP status."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where it stands, what stands there, what was expected.

    `code` names the message that `grappe.present.problems` words; `params` fill its gaps.
    """

    code: str
    file: str
    line: int | None = None
    field: str | None = None
    value: str | None = None
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)


class GrappeError(Exception):
    """A user's mistake or a missing thing, never a bug: it is worded and shown without a traceback."""

    code = "error"
    exit_code = 1
    http_status = 400

    def __init__(self, code: str | None = None, /, **params: object) -> None:
        self.code = code or type(self).code
        self.params = {key: str(value) for key, value in params.items()}
        super().__init__(f"{self.code} {self.params}" if self.params else self.code)


class UnknownThing(GrappeError):
    """No such entity, page or data set; `close` lists what may have been meant."""

    code = "unknown_thing"
    exit_code = 3
    http_status = 404


class BadChoice(GrappeError):
    """A filter, option or value outside its closed list; `accepted` lists the accepted values."""

    code = "bad_choice"
    exit_code = 2
    http_status = 400


class InputRefused(GrappeError):
    """A file, table or data set is refused whole; `problems` holds every reason at once."""

    code = "input_refused"
    exit_code = 4
    http_status = 422

    def __init__(
        self, code: str | None = None, /, *, problems: Sequence[Problem] = (), **params: object
    ) -> None:
        super().__init__(code, **params)
        self.problems = tuple(problems)


class DatasetError(InputRefused):
    """A data set is refused whole; `problems` holds every reason at once."""

    def __init__(self, dataset: str, problems: Sequence[Problem]) -> None:
        super().__init__("dataset_refused", dataset=dataset, count=len(problems), problems=problems)


class Refused(GrappeError):
    """An action cannot be done in the present state; nothing was changed."""

    code = "refused"
    exit_code = 5
    http_status = 409


class SignInNeeded(GrappeError):
    """Somebody unknown asks for what needs an account, or gives a wrong address or password."""

    code = "sign_in_needed"
    exit_code = 6
    http_status = 401


class Forbidden(GrappeError):
    """The person is known and has no role that allows this; the reason says which role would."""

    code = "may_not"
    exit_code = 6
    http_status = 403


class TooMany(GrappeError):
    """The same thing was tried too often in a short time."""

    code = "too_many_attempts"
    exit_code = 5
    http_status = 429
