"""Small issues, galleys, layouts and made-up issues, written a few lines at a time."""

import datetime
import io
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from magbuild.compose import Galley
from magbuild.flatplan import Flatplan, plan
from magbuild.fonts import Font
from magbuild.language import Language
from magbuild.layout import Layout
from magbuild.makeup import make_up
from magbuild.masters import MadePage, copy_of_masters, made_pages
from magbuild.measure import Length, Size
from magbuild.model import Binding, FrontMatter, Issue, IssueSheet, Magazine, Story
from magbuild.paginate import Proof, paginate, set_sheet

FOLDER = Path("issues/001")

# A page of 60 by 81 mm with a bleed of 3 mm, which is 22 by 29 squares of 3 mm, set in one of the program's fonts.
FONT = Path(str(files("font_source_sans_pro"))) / "files" / "SourceSansPro-Regular.otf"
SMALL_PAGE = f"""
@font-face {{ font-family: Kit; src: url("{FONT.resolve().as_uri()}") }}
@page {{ size: 60mm 81mm; margin: 6mm; bleed: 3mm }}
body {{ margin: 0; font: 9pt/12pt Kit; hyphens: manual }}
p, h1, h2, figure, ul, blockquote {{ margin: 0 0 12pt }}
""".strip()


def small_story(slug: str, body: str = "", **front: Any) -> Story:
    """Return a story with a title made of its slug; `front` are fields of its front matter."""
    front.setdefault("title", slug.replace("-", " ").capitalize())
    front.setdefault("language", "en-GB")
    return Story(slug=slug, path=FOLDER / f"{slug}.md", front=FrontMatter(**front), body=body, body_line=5)


def small_issue(
    *stories: Story,
    order: Sequence[str] | None = None,
    folder: Path = FOLDER,
    magazine: Mapping[str, Any] | None = None,
    **sheet: Any,
) -> Issue:
    """Return an issue of these stories; `magazine` and `sheet` are fields of its two sheets."""
    sheet.setdefault("number", 1)
    sheet.setdefault("published", datetime.date(2026, 3, 20))
    return Issue(
        folder=folder,
        magazine=Magazine(**{"title": "Salt", "language": "en-GB", **(magazine or {})}),
        sheet=IssueSheet(**sheet),
        stories=stories,
        order=tuple(order) if order is not None else tuple(story.slug for story in stories),
    )


def small_galley(slug: str, content: str = "", styles: str = SMALL_PAGE, **fields: Any) -> Galley:
    """Return the galley of one story, as templates would have set it: `content` stands in its body."""
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{slug}</title></head>'
        f'<body class="galley test">{content}</body></html>'
    )
    fields.setdefault("stories", (slug,))
    fields.setdefault("path", FOLDER / f"{slug}.md")
    return Galley(slug=slug, html=html, styles=styles, **fields)


def small_layout(folder: Path, templates: Mapping[str, str], styles: Mapping[str, str]) -> Layout:
    """Write a layout into a folder that is not there yet; its only font is called Kit."""
    for kind, suffix, texts_by_name in (("templates", "html", templates), ("styles", "css", styles)):
        (folder / kind).mkdir(parents=True)
        for name, text in texts_by_name.items():
            (folder / kind / f"{name}.{suffix}").write_text(text, "utf-8")
    font = Font(family="Kit", weight=400, style="normal", path=FONT, licence=FONT)
    return Layout(name=folder.name, chain=(folder,), fonts=(font,))


# --- Made up ---

SMALL = {"trim": Size(Length(60), Length(81)), "bleed": Length(3), "binding": Binding.PERFECT}

# Master pages on which every mark has a place of its own: a bar at the outer edge and the folio at the foot.
MASTERS = """
<!doctype html><html><head><meta charset="utf-8"><title>masters</title></head><body>
{% for page in pages %}<section class="{{ page.side }}">
{% if page.kind == "text" %}<div class="bar"></div><p>folio {{ page.number }} {{ page.title }}</p>{% endif %}
</section>{% endfor %}</body></html>
"""
MASTER_STYLES = """
@page { margin: 0 }
body { margin: 0; font: 6pt/8pt Kit }
section { position: relative; height: 81mm; width: 60mm; break-after: page }
section:last-child { break-after: auto }
.bar { position: absolute; top: 21mm; width: 9mm; height: 39mm; background: #00f }
.recto .bar { right: 0 } .verso .bar { left: 0 }
p { position: absolute; bottom: 2mm; left: 25mm; margin: 0; color: #000 }
"""


def master_layout(folder: Path) -> Layout:
    """Return the layout of these master pages, written into a folder that is not there yet."""
    return small_layout(folder, {"masters": MASTERS}, {"pages": MASTER_STYLES})


def small(*slugs: str, magazine: Mapping[str, Any] | None = None, **fields: Any) -> Issue:
    """Return an issue of stories of these slugs, on small pages."""
    return small_issue(*(small_story(slug) for slug in slugs), magazine={**SMALL, **(magazine or {})}, **fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp:
    """A made-up issue as a file, and what each page is."""

    pdf: bytes
    pages: tuple[MadePage, ...]


def made_up_pdf(issue: Issue, flatplan: Flatplan, proofs: Mapping[str, Proof], masters: bytes) -> bytes:
    """Make an issue up and return it as a file."""
    made = io.BytesIO()
    with make_up(issue, flatplan, proofs, masters) as pdf:
        pdf.save(made, deterministic_id=True)
    return made.getvalue()


def laid(
    issue: Issue,
    galleys: Sequence[Galley],
    layout: Layout,
    prepare: Callable[[Galley, Proof], Proof] = lambda galley, proof: proof,
) -> tuple[MadeUp, dict[str, Proof]]:
    """Make up an issue of these galleys; `prepare` is an edition's."""
    proofs = {galley.slug: prepare(galley, paginate(galley)) for galley in galleys}
    flatplan = plan(issue, galleys, {slug: len(proof.pages) for slug, proof in proofs.items()})
    pages = made_pages(issue, flatplan, proofs, Language(code="en"))
    masters = set_sheet(*copy_of_masters(issue, layout, pages)).pdf
    return MadeUp(pdf=made_up_pdf(issue, flatplan, proofs, masters), pages=pages), proofs


def article(slug: str, inside: str = "", pages: int = 1, **fields: Any) -> Galley:
    """Return a story's galley with its anchor, and as many more pages as are wanted."""
    more = '<p style="break-before: page">more</p>' * (pages - 1)
    return small_galley(slug, f'<article id="{slug}"><p>{slug}</p>{inside}{more}</article>', **fields)


def cover(slug: str = "cover") -> Galley:
    """Return the galley of a made page, without master pages."""
    return small_galley(slug, f'<section id="{slug}"><p>{slug}</p></section>', stories=(), bare=99)


def picture_issue(folder: Path, prepare: Callable[[Galley, Proof], Proof]) -> MadeUp:
    """Return an issue of four pages, prepared by an edition: with links, master pages, pictures at 900 and 1800 ppi.

    One picture is a photograph of 25.4 by 12.7 mm, the other, 12.7 mm square, has a soft mask.
    """
    Image.radial_gradient("L").resize((900, 450)).convert("RGB").save(folder / "photo.jpg", quality=90)
    clear = Image.radial_gradient("L").resize((900, 900)).convert("RGB")
    clear.putalpha(Image.linear_gradient("L").resize((900, 900)))
    clear.save(folder / "clear.png")
    shown = (
        '<p style="break-before: page"><img src="picture:photo.jpg" alt="p" style="width: 25.4mm">'
        '<img src="picture:clear.png" alt="c" style="width: 12.7mm"></p>'
        '<p><a href="story:tea">to tea</a> <a href="https://salt.example">out</a></p>'
    )
    pictures = (("clear.png", folder / "clear.png"), ("photo.jpg", folder / "photo.jpg"))
    galleys = [cover(), article("salt", shown, pictures=pictures), article("tea")]
    return laid(small("salt", "tea"), galleys, master_layout(folder / "kit"), prepare)[0]


# --- No network ---


def refuse_network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Refuse every connection and every look-up of a name; return the list in which they are noted."""
    asked: list[str] = []

    def refuse(*args: object, **kwargs: object) -> None:
        asked.append(str(args))
        raise OSError("tests have no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return asked
