"""The light e-book beside the full one: the same book, small enough to be mailed."""

import zipfile
from io import BytesIO
from pathlib import Path

from lxml import etree
from PIL import Image

from magbuild.editions import epub
from magbuild.editions.epub.light import LONGEST
from tests.unit.epub_issue import STAMP, Ebook, house_font, issue_of, jpeg, paragraphs, piece, with_fonts

FIGURE = '<figure class="figure"><img src="{}" alt="A."/></figure>'


def both(folder: Path, *, body: str, cover: bytes) -> tuple[Ebook, Ebook]:
    story, manuscript = piece("one", body=body)
    layout = with_fonts(house_font("SourceSerifPro-Regular.otf"))
    issue = issue_of(folder, (story, manuscript))
    package = epub.gather(issue, {"one": manuscript}, layout, {}, STAMP)
    books = []
    for write, name in ((epub.finish, "full.epub"), (epub.finish_light, "light.epub")):
        write(package, cover, (), folder / name)
        with zipfile.ZipFile(folder / name) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        books.append(Ebook(path=folder / name, members=members))
    return books[0], books[1]


def size(data: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(data)) as image:
        return image.size


def test_pictures_are_smaller_and_fonts_are_not_there(tmp_path: Path) -> None:
    noise = Image.effect_noise((1600, 900), 60).convert("RGB")
    noise.save(tmp_path / "photo.jpg", quality=95)
    Image.new("RGB", (1500, 1500), "white").save(tmp_path / "chart.png")
    body = paragraphs("Salt.") + FIGURE.format("photo.jpg") + FIGURE.format("chart.png")
    full, light = both(tmp_path, body=body, cover=jpeg(1600, 2400))
    assert set(full.media_types.values()) - set(light.media_types.values()) == {"font/otf"}
    assert set(full.members) - set(light.members) == {
        "EPUB/fonts/magbuild-serif-pro-400.otf",
        "META-INF/magbuild-serif-pro-OFL.txt",
    }
    pictures = [name for name in light.members if name.startswith("EPUB/images/")]
    assert len(pictures) == 3
    assert {name: size(light.members[name]) for name in pictures if name.endswith(("photo.jpg", "cover.jpg"))} == {
        "EPUB/images/photo.jpg": (1200, 675),
        "EPUB/images/cover.jpg": (800, 1200),
    }
    assert all(max(size(light.members[name])) <= LONGEST for name in pictures)
    assert all(len(light.members[name]) < len(full.members[name]) for name in pictures)
    assert b"@font-face" in full.members["EPUB/style.css"]
    assert b"@font-face" not in light.members["EPUB/style.css"]
    assert light.members["EPUB/style.css"].startswith(b'@charset "utf-8";\n')


def test_it_is_the_same_book(tmp_path: Path) -> None:
    full, light = both(tmp_path, body=paragraphs("Salt."), cover=jpeg())
    assert full.dc("identifier") == light.dc("identifier")
    for name in ("one.xhtml", "contents.xhtml", "toc.ncx"):
        assert etree.tostring(full.tree(name)) == etree.tostring(light.tree(name))


def test_a_picture_that_would_not_get_smaller_is_left_as_it_is(tmp_path: Path) -> None:
    out = BytesIO()
    Image.effect_noise((400, 300), 60).convert("RGB").save(out, "JPEG", quality=20)
    assert epub.light.lighter(out.getvalue()) == out.getvalue()
