"""Compilation of inner loops: one decorator, typed, so that strict checks see through it."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(**options: Any) -> Callable[[F], F]:
    """Compile a function at its first call, and keep the machine code beside its module.

    Options are those of `numba.njit`; ``cache`` and ``nogil`` are on unless said otherwise.
    """
    return cast(Callable[[F], F], njit(**{"cache": True, "nogil": True, **options}))
