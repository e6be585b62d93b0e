"""The workers of a command: hired when there is something to do, anew when one was lost, and sent home at its end."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what isn't needed isn't imported, and Dask isn't there for everybody
    from magbuild.cluster import Cluster
    from magbuild.staff import StaffTrouble


@dataclass(slots=True)
class Crew:
    """Workers for one build after another, or for several side by side; use it in a `with` block.

    They are so many processes of this machine, or, with its address, those of a cluster.
    """

    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    cluster: str = ""
    _staff: Executor | None = None
    _trouble: "StaffTrouble | None" = None  # with the cluster: it isn't looked for again
    _dismissed: bool = False

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.dismiss(at_once=error is not None)

    @property
    def has_workers(self) -> bool:
        """Whether the work is done elsewhere than in this process."""
        return bool(self.cluster) or self.jobs > 1

    @property
    def is_at_hand(self) -> bool:
        """Whether workers are hired, or none are needed."""
        return self._staff is not None or not self.has_workers

    def warm_up(self, ready: Callable[[], None] | None = None) -> None:
        """Begin what takes time before there are workers; `ready` as `staff.warm_up` says."""
        if self.has_workers and not self.cluster:
            from magbuild.staff import warm_up

            warm_up(ready)

    def staff(self, project: Iterable[Path], shared: Sequence[Path]) -> Executor | None:
        """Return the workers; None when the work is done in this process.

        `project` is what they have to read, `shared` are folders that they write into. Raises StaffTrouble when
        they can't; and RuntimeError behind `dismiss`.
        """
        if self._dismissed:
            raise RuntimeError("the crew was dismissed")
        if self.cluster:
            cluster = self._joined()
            cluster.visit(project, shared)
            return cluster
        if self._staff is None and self.jobs > 1:
            from magbuild.staff import hired

            self._staff = hired(self.jobs)
        return self._staff

    def _joined(self) -> "Cluster":
        from magbuild.cluster import Cluster, joined
        from magbuild.staff import StaffTrouble

        if self._trouble is not None:
            raise self._trouble
        if not isinstance(self._staff, Cluster):
            try:
                self._staff = cluster = joined(self.cluster)
            except StaffTrouble as trouble:
                self._trouble = trouble
                raise
            self.jobs = cluster.workers
        return self._staff

    def lost(self, staff: Executor | None) -> None:
        """Hire others next time, since one of these has died, which ends the work of all; not so in a cluster."""
        if self._staff is staff and not self.cluster:
            self._staff = None

    def dismiss(self, *, at_once: bool) -> None:
        """Send the workers home when they have done what they were given; what isn't begun is dropped `at_once`."""
        staff, self._staff, self._dismissed = self._staff, None, True
        if staff is not None:
            staff.shutdown(wait=not at_once, cancel_futures=at_once)
