"""What steps remember within themselves: a part of a step and its input come in; its result comes out, old or new."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from magbuild.fingerprint import Files, traced, unchanged
from magbuild.provenance import provenance
from magbuild.store import Store

P = ParamSpec("P")
R = TypeVar("R")

_AT_HAND: ContextVar[tuple[Store, Files] | None] = ContextVar("store", default=None)


@contextmanager
def at_hand(store: Store | None, files: Files) -> Iterator[None]:
    """Have `recalled` use a store for the length of the block."""
    before = _AT_HAND.set((store, files) if store is not None else None)
    try:
        yield
    finally:
        _AT_HAND.reset(before)


def is_at_hand() -> bool:
    """Whether there is a store that `recalled` uses."""
    return _AT_HAND.get() is not None


def recalled(step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Return what a function makes of its arguments, from the store at hand if that knows it.

    The function depends on nothing but its arguments and the files that these name. What it raises isn't remembered.
    """
    found = _AT_HAND.get()
    if found is None:
        return step(*args, **kwargs)
    store, files = found
    key, traces = traced(named(step, args, kwargs), files)
    known = store.recall(key)
    if known is not None:
        result: R = known[0]
        return result
    made = step(*args, **kwargs)
    if unchanged(traces):
        store.put(key, store.pack(made))
    return made


def named(step: Callable[..., object], args: object, kwargs: object) -> tuple[object, ...]:
    """Return what a result is remembered by: who makes it, the name of the step, and its input."""
    made_by: Any = (provenance(), getattr(step, "__module__", None), step.__qualname__)
    return (made_by, args, kwargs)
