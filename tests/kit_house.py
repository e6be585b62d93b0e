"""Issues set and laid out in the house layout: files as an editor writes them come in, proofs come out."""

import io
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from PIL import Image

from magbuild.compose import Galley, compose, lay_out_desk
from magbuild.copydesk import layout_of, read
from magbuild.grouping import groups
from magbuild.paginate import Proof, paginate
from magbuild.problem import Report
from tests.kit import issue_of

MAGAZINE = """\
    title: Foundations
    language: en-GB
    layout: LAYOUT
    issn: 9990-0378
    sections:
      - {name: essays, title: Essays, colour: brand}
      - {name: reviews, title: Reviews, colour: deep}
      - {name: notices, title: Notices, colour: ochre}
"""
RED = "pictures/red.png"
TALK = "Salt was dear, and the road on which it came was long and steep and cold. "


def red(width: int, height: int) -> bytes:
    """Return a picture of pure red."""
    packed = io.BytesIO()
    Image.new("RGB", (width, height), (255, 0, 0)).save(packed, "PNG")
    return packed.getvalue()


def galleys_of(
    shelf: Path, files: Mapping[str, str | bytes] = MappingProxyType({}), layout: str = "house"
) -> dict[str, Galley]:
    """Write an issue with a red picture of 40 by 60 squares, and return its galleys by slug; the folder stays."""
    given = {"magazine.yaml": MAGAZINE.replace("LAYOUT", layout), f"037/{RED}": red(400, 600), **files}
    folder = issue_of(shelf, given)
    report = Report()
    issue, manuscripts = read(folder, report)
    assert [str(problem) for problem in report if str(problem.severity) == "error"] == []
    desk = lay_out_desk(issue, manuscripts, layout_of(issue, report))
    return {galley.slug: galley for galley in compose(desk, groups(issue), {})}


def proof_of(
    shelf: Path, slug: str, files: Mapping[str, str | bytes] = MappingProxyType({}), layout: str = "house"
) -> Proof:
    """Lay one galley of an issue out; nothing may be wrong with it."""
    proof = paginate(galleys_of(shelf, files, layout)[slug])
    assert proof.problems == ()
    return proof


def story(front: str, body: str = "") -> str:
    """Return a manuscript; its text is long enough for two columns when none is given."""
    lines = "\n".join(line.strip() for line in front.strip().splitlines())
    return f"---\ntitle: Salt\nauthor: Ana Lima\n{lines}\n---\n{body or f'{TALK * 12}{chr(10) * 2}' * 4}\n"
