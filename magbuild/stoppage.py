"""What stops a run, outside the manuscripts, comes in; a problem in an editor's words comes out."""

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from magbuild.artwork import UnreadableArtwork
from magbuild.layout import LayoutMistake
from magbuild.pictures import UnreadablePicture
from magbuild.problem import Place, Problem, Report, Stopped
from magbuild.staff import StaffTrouble


@contextmanager
def telling(folder: Path, out: Path, report: Report) -> Iterator[None]:
    """Turn what stops a run outside the manuscripts into problems."""
    try:
        yield
    except LayoutMistake as mistake:
        report.add(mistake.problem)
    except (UnreadablePicture, UnreadableArtwork) as error:
        report.add(
            Problem(Place(folder), "unreadable-picture", str(error), "save it again from the program it is from")
        )
    except StaffTrouble as trouble:
        code = trouble.code
        report.add(Problem(Place(folder), code, trouble.message, trouble.hint))
    except BrokenProcessPool:
        hint = "close other programs, or run with '-j 1'"
        report.add(Problem(Place(folder), "worker-died", "a worker process was ended from outside", hint))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        place = Place(Path(error.filename) if isinstance(error.filename, str) else out)
        report.add(Problem(place, "file-trouble", reason, "make room, or give yourself the right to write there"))
    else:
        return
    raise Stopped
