"""The workers of a command: hired when there is something to do, anew when one was lost, and sent home at its end."""

import os
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what isn't needed isn't imported
    from concurrent.futures import Executor


@dataclass(slots=True)
class Crew:
    """Workers for one build after another, or for several side by side; use it in a `with` block."""

    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    _staff: "Executor | None" = None
    _dismissed: bool = False

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.dismiss(at_once=error is not None)

    def staff(self) -> "Executor | None":
        """Return the workers; None with one job, which is done in this process. RuntimeError behind `dismiss`."""
        if self._dismissed:
            raise RuntimeError("the crew was dismissed")
        if self._staff is None and self.jobs > 1:
            from magbuild.staff import hired

            self._staff = hired(self.jobs)
        return self._staff

    def lost(self, staff: "Executor | None") -> None:
        """Hire others next time, since one of these has died, which ends the work of all."""
        if self._staff is staff:
            self._staff = None

    def dismiss(self, *, at_once: bool) -> None:
        """Send the workers home when they have done what they were given; what isn't begun is dropped `at_once`."""
        staff, self._staff, self._dismissed = self._staff, None, True
        if staff is not None:
            staff.shutdown(wait=not at_once, cancel_futures=at_once)
