"""What stops a run, as problems."""

from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from magbuild.artwork import UnreadableArtwork
from magbuild.pictures import UnreadablePicture
from magbuild.problem import Report, Stopped
from magbuild.staff import StaffTrouble
from magbuild.stoppage import telling

ISSUE, OUT = Path("issues/037"), Path("build")


@pytest.mark.parametrize(
    ("trouble", "place", "code", "message"),
    [
        (StaffTrouble("no-workers", "nobody has come", "wake them up"), "issues/037", "no-workers", "nobody has come"),
        (UnreadablePicture("sea.png is cut off"), "issues/037", "unreadable-picture", "sea.png is cut off"),
        (UnreadableArtwork("ad.pdf is locked"), "issues/037", "unreadable-picture", "ad.pdf is locked"),
        (BrokenProcessPool(), "issues/037", "worker-died", "a worker process was ended from outside"),
        (PermissionError(13, "Permission denied", "build/037"), "build/037", "file-trouble", "permission denied"),
        (OSError("it went wrong"), "build", "file-trouble", "it went wrong"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_trouble_is_a_problem_of_the_run(trouble: Exception, place: str, code: str, message: str) -> None:
    report = Report()
    with pytest.raises(Stopped), telling(ISSUE, OUT, report):
        raise trouble
    (problem,) = report
    assert (str(problem.place), problem.code, problem.message) == (place, code, message)
    assert problem.hint


def test_what_is_no_trouble_is_left_alone() -> None:
    report = Report()
    with telling(ISSUE, OUT, report):
        pass
    with pytest.raises(ZeroDivisionError), telling(ISSUE, OUT, report):
        raise ZeroDivisionError
    assert not list(report)
