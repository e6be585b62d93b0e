"""PDFs for readers: pages prepared for the screen come in; the issue's file comes out, or a story's."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from magbuild.editions import screen_pdf, story_pdf
from magbuild.layout import Layout
from magbuild.makeup import Settled, make_up
from magbuild.masters import set_source_line
from magbuild.model import Issue
from magbuild.offprints import Offprint
from magbuild.paginate import Proof
from magbuild.pdfa import Standard


def finish_screen(
    settled: Settled, proofs: Mapping[str, Proof], stamp: datetime, target: Path, claims: tuple[Standard, ...]
) -> None:
    """Make up the proofs that were prepared for the screen, and write the screen PDF."""
    with make_up(settled.issue, settled.plan, proofs, settled.masters) as pdf:
        screen_pdf.make(pdf, settled.issue, stamp, target, claims)


def finish_story(
    issue: Issue,
    layout: Layout,
    masters: bytes,
    offprint: Offprint,
    proof: Proof,
    stamp: datetime,
    target: Path,
    claims: tuple[Standard, ...],
) -> None:
    """Set the line that says where a story stood, and write the story's PDF."""
    line = set_source_line(issue, layout, offprint.source)
    story_pdf.make(issue, offprint, proof, masters, line, stamp, target, claims)
