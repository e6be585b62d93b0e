"""Another impression: an issue that hasn't changed since it was built comes in; the same files and problems come out.

Nothing is imported here that reads, sets or draws: when all is as it was, that is known in a moment.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from magbuild.delivery import beside, deliver
from magbuild.fingerprint import Files, Traces, fingerprint, traced, unchanged
from magbuild.problem import Place, Problem, Report, as_json, from_json, warning
from magbuild.provenance import provenance
from magbuild.sheaf import CHUNK, Sheaf, digest_of
from magbuild.store import Store
from magbuild.whereabouts import project_of, shelf_of

MAGAZINE, OVERRIDES, LAYOUTS = "magazine.yaml", "layout", "layouts"
STAMP: Final = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished run: the files it left, how many pages the issue has, and what there is to tell of these, in lines.

    `again` says that nothing had changed since they were made.
    """

    files: tuple[Path, ...]
    pages: int
    seconds: float
    told: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a run is asked for, as far as its files and problems depend on it."""

    folder: Path
    editions: tuple[str, ...]
    printer: str = ""
    strict: bool = False


@dataclass(slots=True)
class Impression:
    """A run that may have been made before, by all that goes into it; it is looked at when this is made."""

    wanted: Wanted
    store: Store
    files: Files = field(default_factory=Files)
    began: float = field(default_factory=time.perf_counter)
    _kept: dict[Path, str] = field(default_factory=dict)  # digests of files that the store has taken in

    def again(self, out: Path, report: Report) -> Built | None:
        """Put the files of the same run before into their place, and add its problems; None when there was none."""
        try:
            more = self.store.get(self._pointer)
            sources = tuple(Path(name) for name in json.loads(more or b"null"))
            made = json.loads(self.store.get(self._key(sources)) or b"null")
            placed = self._placed(made["files"], out)
            problems = from_json(made["problems"])
        except (OSError, LookupError, TypeError, ValueError):  # there is none, or a part of it is lost
            return None
        report.extend(problems)
        seconds = time.perf_counter() - self.began
        pages, told = made["pages"], tuple(made["told"])
        return Built(files=placed, pages=pages, seconds=seconds, told=told, again=True)

    def _placed(self, files: Sequence[tuple[str, str]], out: Path) -> tuple[Path, ...]:
        with beside(out) as shelf:
            written = []
            for name, digest in files:
                sheaf, path = self.store.find(digest), shelf / name
                if sheaf is None or ".." in path.parts or shelf not in path.parents:
                    raise LookupError(name)
                path.parent.mkdir(exist_ok=True)
                with sheaf.opened() as source, path.open("wb") as file:
                    shutil.copyfileobj(source, file, CHUNK)
                written.append(path)
            return deliver(tuple(written), shelf, out / self.wanted.folder.resolve().name)

    def look(self, sources: Sequence[Path] = ()) -> None:
        """Look at all that goes into the run, before it is read: what changes later isn't a part of it.

        `sources` are files and folders beside those of the issue, the magazine and the project's layouts.
        """
        self._key(tuple(sources))

    def keep(self, file: Path) -> None:
        """Take in a finished file of the run that is to be remembered."""
        with file.open("rb") as lying:
            sheaf = Sheaf(digest=digest_of(lying), path=file)
        self._kept[file] = self.store.keep(sheaf).digest

    def remember(
        self,
        files: Sequence[Path],
        shelf: Path,
        pages: int,
        told: tuple[str, ...],
        sources: tuple[Path, ...],
        report: Report,
    ) -> None:
        """Remember a run that has left its files on a shelf of its own, unless something changed meanwhile."""
        key, traces = self._traced(sources)
        if not unchanged(traces):
            return
        for path in files:
            if path not in self._kept:
                self.keep(path)
        kept = [(path.relative_to(shelf).as_posix(), self._kept[path]) for path in files]
        entry = {"pages": pages, "files": kept, "told": told, "problems": as_json(report)}
        self.store.put(key, json.dumps(entry).encode())
        self.store.put(self._pointer, json.dumps([str(path) for path in sources]).encode())

    def trouble(self) -> Iterator[Problem]:
        """Yield why results couldn't be remembered: the next run takes longer, and that is all."""
        trouble = self.store.trouble
        if trouble is not None:
            message = f"what was made can't all be remembered: {(trouble.strerror or str(trouble)).lower()}"
            hint = "make room, run 'magbuild clean', or name another folder with --cache"
            yield warning(Place(self.store.folder), "store-trouble", message, hint)

    @property
    def expected(self) -> dict[str, int]:
        """The pages on which stories began in the last run of the same issue, whatever has changed since."""
        found = json.loads(self.store.get(self._pages) or b"{}")
        return {str(slug): int(page) for slug, page in found.items()}

    def expect(self, pages: Mapping[str, int]) -> None:
        """Remember on which pages stories begin, for the next run to expect the same."""
        self.store.put(self._pages, json.dumps(dict(pages)).encode())

    @property
    def roots(self) -> tuple[Path, ...]:
        """The files and folders that every issue is made of."""
        folder = self.wanted.folder
        shelf, project = shelf_of(folder), project_of(folder)
        return (folder, shelf / MAGAZINE, shelf / OVERRIDES, project / LAYOUTS)

    @property
    def _pages(self) -> str:
        return fingerprint(("pages", str(self.wanted.folder.resolve())), Files())

    @property
    def _pointer(self) -> str:
        """Where it stands what else went into the last run that was asked for the same: to be looked at first."""
        wanted = self.wanted
        return fingerprint(
            ("pointer", str(wanted.folder.resolve()), str(wanted.folder), wanted.editions, wanted.printer), Files()
        )

    def _key(self, sources: tuple[Path, ...]) -> str:
        return self._traced(sources)[0]

    def _traced(self, sources: tuple[Path, ...]) -> tuple[str, Traces]:
        roots = (*self.roots, *sources)
        return traced((provenance(), self.wanted, os.environ.get(STAMP, ""), roots), self.files)
