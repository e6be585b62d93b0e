"""Threads that build an issue each: one of them works while the others wait for workers, or for their turn.

The libraries that read and draw keep things for the whole process (PDFium, the filters of warnings) and know nothing of
threads. So a thread gives its turn away only where it waits for a step, and holds nothing half done there.
"""

import threading
from collections.abc import Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

R = TypeVar("R")

_TURN: "ContextVar[threading.Lock | None]" = ContextVar("turn", default=None)


@contextmanager
def in_turn(turn: threading.Lock) -> Iterator[None]:
    """Work in turn with all other threads that were given the same lock."""
    with turn:
        before = _TURN.set(turn)
        try:
            yield
        finally:
            _TURN.reset(before)


@contextmanager
def waiting() -> Iterator[None]:
    """Let others work for the length of the block, in which this thread does nothing but wait."""
    turn = _TURN.get()
    if turn is None:
        yield
        return
    turn.release()
    try:
        yield
    finally:
        turn.acquire()


def ended(futures: Collection[Future[Any]]) -> frozenset[Future[Any]]:
    """Wait until at least one of some steps has ended, and return all that have, whatever came of them."""
    with waiting():
        return frozenset(wait(futures, return_when=FIRST_COMPLETED).done)


class Awaited(Future[R]):
    """The result of a step, which others work while somebody waits for."""

    def result(self, timeout: float | None = None) -> R:
        """Return the result, or raise what the step has raised."""
        if not self.done():
            with waiting():
                return super().result(timeout)
        return super().result(timeout)
