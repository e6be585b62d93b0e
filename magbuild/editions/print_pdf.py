"""The print PDF: single pages in the inks of the printer's press, with their bleed, no links, no tags."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pikepdf
from pikepdf import Object, Stream

from magbuild.artwork import PlacedArtwork, as_form
from magbuild.compose import Galley, picture_address
from magbuild.inks import Inks, inks_of
from magbuild.model import Colour, Issue, Printer
from magbuild.paginate import Proof, hyphens_as_drawn, image_name
from magbuild.pdfx import finish
from magbuild.placed import place_artwork, rewritten, shrink_stand_ins
from magbuild.preflight import Finding, preflight
from magbuild.printmarks import lay_marks
from magbuild.problem import Place, Problem, warning
from magbuild.separation import Unseparated, names_screen_colours, separate
from magbuild.sheaf import Sheaf

# What printers must not meet, and separation need not look at: links, tags, targets; and soft hyphens.
SCREEN_ONLY = ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/Dests")
SCREEN_ONLY_ON_PAGES = ("/Annots", "/StructParents", "/Tabs")
# Artwork in which the preflight finds one of these isn't in the inks of the press yet: it is separated.
NOT_IN_INKS = frozenset({"rgb-colour", "profiled-colour", "group-colour", "transfer-function"})
# What a client's artwork can't be printed well with, and nothing is done about here. Its file's own standard,
# metadata, notes and boxes don't matter, since only its page is placed.
CLIENTS_FAULTS = frozenset(
    {
        *("font-not-embedded", "font-licence", "low-resolution", "broken-picture", "damaged-content", "damaged-file"),
        *("hairline", "small-white-text", "small-coloured-text", "rich-black-text", "white-overprint"),
        *("too-much-ink", "spot-not-ordered", "registration-colour", "broken-shading"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What colours are separated for: the printer's profile, and the magazine's palette."""

    printer: Printer
    palette: Mapping[str, Colour]

    @property
    def inks(self) -> Inks:
        """The inks of the palette on this press; raises UnreadableProfile."""
        return inks_of(self.printer.profile, self.palette, total_ink=self.printer.total_ink)

    def separate(self, pdf: pikepdf.Pdf, originals: Mapping[str, Path]) -> tuple[Unseparated, ...]:
        """Bring a PDF's colours into inks, and its pictures down to what the press can show."""
        most, most_lines = self.printer.colour.most, self.printer.line_art.most
        return separate(pdf, self.inks, originals=originals, ppi=most, line_ppi=most_lines)


def prepare(galley: Galley, proof: Proof, press: Press) -> Proof:
    """Separate a proof's colours, make its pictures anew from their files, and place its supplied artwork.

    Artwork is preflighted first; what is in inks already stays as it came. Pure, like paginate. Raises
    UnreadableArtwork.
    """
    originals = {image_name(picture_address(name)): path for name, path in galley.pictures}
    supplied = {artwork.path: preflight(artwork.path, press.printer).findings for artwork in galley.artworks}
    told = [_clients_fault(galley, path, found) for path, findings in supplied.items() for found in findings]
    lost: list[Problem] = []

    def separate_and_place(pdf: pikepdf.Pdf) -> None:
        _take_out_what_is_for_screens(pdf)
        shrink_stand_ins(pdf, galley.artworks)
        lost.extend(_problem(galley, found) for found in press.separate(pdf, originals))
        place_artwork(pdf, galley.artworks, partial(_artwork_form, press, supplied))

    sheaf = rewritten(proof.sheaf, separate_and_place)
    problems = (*proof.problems, *filter(None, told), *lost)
    return replace(proof, sheaf=sheaf, problems=tuple(dict.fromkeys(problems)))


def separated(pdf: bytes, press: Press) -> bytes:
    """Separate the colours of a PDF that the builder has set itself, such as the master pages."""

    def change(opened: pikepdf.Pdf) -> None:
        _take_out_what_is_for_screens(opened)
        press.separate(opened, {})

    return rewritten(Sheaf.of(pdf), change).read()


def make(
    pdf: pikepdf.Pdf, issue: Issue, printer: Printer, stamp: datetime, target: Path, *, first: int = 1
) -> tuple[Problem, ...]:
    """Finish the separated pages of an issue as the printer wants them, and write them to `target`.

    `first` is the number of the first page (3 when the cover is a file of its own), `stamp` (UTC) the only date
    in the file. When the pages can't have the printer's standard, nothing is written and the reasons are returned.
    """
    title = f"{issue.magazine.title} {issue.sheet.number}"
    lay_marks(pdf, printer, title=title, date=f"{stamp:%Y-%m-%d}", first=first)
    what = "Print edition" if first == 1 else "Print edition: the pages inside the cover"
    return finish(pdf, printer, issue, stamp, f"{what}, {printer.condition}", target)


def _take_out_what_is_for_screens(pdf: pikepdf.Pdf) -> None:
    _drop(pdf.Root, SCREEN_ONLY)
    for page in pdf.pages:
        _drop(page.obj, SCREEN_ONLY_ON_PAGES)
        content = page.obj.get("/Contents")
        if isinstance(content, Stream):
            content.write(hyphens_as_drawn(content.read_bytes()))


def _drop(holder: Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in holder:
            del holder[key]


def _artwork_form(
    press: Press,
    preflights: Mapping[Path, tuple[Finding, ...]],
    pdf: pikepdf.Pdf,
    artwork: PlacedArtwork,
    width: float,
    height: float,
) -> Object:
    """Return supplied artwork for its place, in inks."""
    in_inks = not any(found.problem.code in NOT_IN_INKS for found in preflights[artwork.path])

    def ready(supplied: pikepdf.Pdf) -> None:
        if not in_inks or names_screen_colours(supplied):
            press.separate(supplied, {})

    return as_form(pdf, artwork, width, height, ready)


def _clients_fault(galley: Galley, path: Path, found: Finding) -> Problem | None:
    """Return what is wrong with supplied artwork, if it is for the client to mend."""
    problem, code = found.problem, found.problem.code
    if code not in CLIENTS_FAULTS:
        return None
    message = f"artwork '{path.name}': {problem.message}"
    return warning(Place(galley.path), code, message, f"ask the client for another file: {problem.hint}")


def _problem(galley: Galley, found: Unseparated) -> Problem:
    where = f"{found.thing} in {galley.slug}"
    if found.lost:
        hint = "save it again as JPEG, PNG or PDF, in sRGB or in CMYK"
        return Problem(Place(galley.path), "not-separated", f"{where} can't be printed: {found.reason}", hint)
    hint = "look at the print PDF, and make it simpler if it isn't as it should be"
    return warning(Place(galley.path), "separated-differently", f"{where} looks different: {found.reason}", hint)
