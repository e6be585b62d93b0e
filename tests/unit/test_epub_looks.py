"""The pictures and the fonts of the e-book."""

import re
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from magbuild.editions.epub.album import plain_name
from magbuild.editions.epub.fonts import own_family
from magbuild.model import ImprintEntry, Picture
from tests.unit.epub_issue import Ebook, found, house_font, jpeg, magazine, make, paragraphs, piece, with_fonts, words

# --- Pictures ---


def test_pictures_are_reduced_and_stored_once_under_plain_names(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "Große Karte.jpg").write_bytes(jpeg(3200, 1200))
    (tmp_path / "pictures" / "cover.jpg").write_bytes(jpeg(40, 40))
    Image.new("RGBA", (50, 40), (0, 0, 0, 0)).save(tmp_path / "pictures" / "map.png")
    figure = '<figure class="figure page"><img src="pictures/{}" alt="A map."/></figure>'
    opening = Picture(file="pictures/Große Karte.jpg", alt="A map.", caption="The *map*", credit="Ada")
    book = make(
        tmp_path,
        piece("one", picture=opening, body=figure.format("Große Karte.jpg") + figure.format("map.png")),
        piece("two", body=figure.format("cover.jpg")),
    )
    assert {name: kind for name, kind in book.media_types.items() if name.startswith("images/")} == {
        "images/cover.jpg": "image/jpeg",
        "images/grosse-karte.jpg": "image/jpeg",
        "images/map.png": "image/png",
        "images/cover-2.jpg": "image/jpeg",
    }
    with Image.open(BytesIO(book.members["EPUB/images/grosse-karte.jpg"])) as reduced:
        assert reduced.size == (1600, 600)
    figure_text = words(found(book.page("one"), "//h:figure[contains(@class, 'opening-picture')]")[0])
    assert figure_text == "The map Ada"


def test_imprint_may_have_a_picture(tmp_path: Path) -> None:
    (tmp_path / "mark.jpg").write_bytes(jpeg())
    book = make(tmp_path, magazine=magazine(imprint=(ImprintEntry(title="Us", text="![Our mark](mark.jpg)"),)))
    assert [image.get("src") for image in found(book.page("imprint"), "//h:img")] == ["images/mark.jpg"]
    assert "EPUB/images/mark.jpg" in book.members


def test_drawings_are_turned_into_pixels_when_somebody_can(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><title>A line</title></svg>'
    (tmp_path / "line.svg").write_text(drawing)
    out = BytesIO()
    Image.new("RGB", (2000, 1000), "white").save(out, "PNG")
    body = '<figure class="figure"><img src="line.svg" alt="A line."/></figure>'
    kept = make(tmp_path, piece("one", body=body))
    drawn = make(tmp_path, piece("one", body=body), rasterise=lambda svg: out.getvalue() * (b"<svg" in svg))
    assert kept.media_types["images/line.svg"] == "image/svg+xml"
    with Image.open(BytesIO(drawn.members["EPUB/images/line.png"])) as pixels:
        assert pixels.size == (2000, 1000)


def test_drawings_that_are_kept_have_ids_that_checkers_take(tmp_path: Path) -> None:
    shapes = '<rect id="a"/><rect id="a"/><g id="layer 1"/><g id="1"/><g id="état-1.b"/>'
    (tmp_path / "line.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">{shapes}</svg>', "utf-8"
    )
    body = '<figure class="figure"><img src="line.svg" alt="A line."/></figure>'
    kept = make(tmp_path, piece("one", body=body)).tree("images/line.svg")
    assert [shape.get("id") for shape in kept] == ["a", None, None, None, "état-1.b"]


@pytest.mark.parametrize(
    ("text", "taken", "name"),
    [
        ("Grüße & Küsse", (), "grusse-kusse.jpg"),
        ("état-civil", ("etat-civil.jpg",), "etat-civil-2.jpg"),
        ("图", (), "tu.jpg"),
        ("?!", (), "item.jpg"),
        ("a.b c", ("a-b-c.jpg", "a-b-c-2.jpg"), "a-b-c-3.jpg"),
    ],
)
def test_names_of_files_are_plain(text: str, taken: tuple[str, ...], name: str) -> None:
    assert plain_name(text, ".jpg", taken) == name


def test_stories_whose_names_look_alike_keep_pages_of_their_own(tmp_path: Path) -> None:
    book = make(tmp_path, piece("cover", "C"), piece("état", "E1"), piece("etat", "E2"))
    assert book.spine == ["cover", "contents", "cover-2", "etat", "etat-2", "imprint"]
    titles = [words(found(book.page(slug), "//h:h1")[0]) for slug in ("cover-2", "etat", "etat-2")]
    assert titles == ["C", "E1", "E2"]


# --- Fonts ---


SERIF = house_font("SourceSerifPro-Regular.otf")
ITALIC = house_font("SourceSerifPro-It.otf", style="italic")
SANS = house_font("SourceSansPro-Bold.ttf", weight=700)


def faces(book: Ebook) -> dict[str, TTFont]:
    fonts = {name: data for name, data in book.members.items() if name.startswith("EPUB/fonts/")}
    return {name: TTFont(BytesIO(data)) for name, data in fonts.items()}


def test_fonts_have_just_the_letters_of_the_text_under_names_of_their_own(tmp_path: Path) -> None:
    body = paragraphs("Şanlurfa ő ½ — «д»")
    book = make(tmp_path, piece("one", body=body), layout=with_fonts(SERIF, ITALIC, SANS))
    assert {name: kind for name, kind in book.media_types.items() if name.startswith("fonts/")} == {
        "fonts/magbuild-serif-pro-400.otf": "font/otf",
        "fonts/magbuild-serif-pro-400-italic.otf": "font/otf",
        "fonts/magbuild-sans-pro-700.ttf": "font/ttf",
    }
    styles = book.members["EPUB/style.css"].decode()
    assert '"Source' not in styles
    for name, face in faces(book).items():
        assert f'url("{name.removeprefix("EPUB/")}")' in styles
        assert set(map(ord, "Şanlurfa ő½—«»" + "contents")) <= set(face.getBestCmap())
        assert len(face.getGlyphOrder()) < 300
        told = [record.toUnicode() for record in face["name"].names if record.nameID in (1, 3, 4, 6, 16)]
        assert told
        assert not any("Source" in words for words in told)
        if "CFF " in face:
            outlines = face["CFF "].cff
            names = outlines.topDictIndex[0].rawDict
            assert "Source" not in f"{outlines.fontNames} {names.get('FullName')} {names.get('FamilyName')}"
    assert re.findall(r'font-family: "([^"]+)"; font-weight: (\d+); font-style: (\w+)', styles) == [
        ("Magbuild Serif Pro", "400", "normal"),
        ("Magbuild Serif Pro", "400", "italic"),
        ("Magbuild Sans Pro", "700", "normal"),
    ]
    assert 'font-family: "Magbuild Serif Pro", Georgia, serif' in styles


def test_fonts_that_fill_in_are_families_behind_theirs(tmp_path: Path) -> None:
    shelf = Path(str(files("fontpkg_source_serif_4")))
    filler = replace(ITALIC, path=shelf / "files" / "SourceSerif4-Italic[opsz,wght].ttf", licence=shelf / "LICENSE")
    plain = make(tmp_path, piece("one", body=paragraphs("Salt")), layout=with_fonts(SERIF, ITALIC, filler))
    assert len(faces(plain)) == 2
    book = make(tmp_path, piece("one", body=paragraphs("*ψωμί* щи, Salt")), layout=with_fonts(SERIF, ITALIC, filler))
    styles = book.members["EPUB/style.css"].decode()
    assert 'font-family: "Magbuild Serif Pro", "Magbuild Serif Pro 2", Georgia, serif' in styles
    assert re.findall(r'font-family: "([^"]+)"; font-weight: (\d+); font-style: (\w+)', styles) == [
        ("Magbuild Serif Pro", "400", "normal"),
        ("Magbuild Serif Pro", "400", "italic"),
        ("Magbuild Serif Pro 2", "400", "italic"),
    ]
    face = faces(book)["EPUB/fonts/magbuild-serif-pro-2-400-italic.ttf"]
    assert set(face.getBestCmap()) == set(map(ord, "ψωμίщи"))
    assert "fvar" not in face
    assert book.members["META-INF/magbuild-serif-pro-2-OFL.txt"] == filler.licence.read_bytes()


def test_licences_lie_beside_the_package(tmp_path: Path) -> None:
    book = make(tmp_path, layout=with_fonts(SERIF, SANS))
    for name, font in (("magbuild-serif-pro", SERIF), ("magbuild-sans-pro", SANS)):
        assert book.members[f"META-INF/{name}-OFL.txt"] == font.licence.read_bytes()
    assert not any("OFL" in name for name in book.media_types)


def test_nearest_font_stands_in_for_a_weight_that_a_family_lacks(tmp_path: Path) -> None:
    semibold = house_font("SourceSerifPro-SemiboldIt.otf", weight=600, style="italic")
    bold = house_font("SourceSerifPro-Bold.otf", weight=700)
    heavy = house_font("SourceSerifPro-Semibold.otf", weight=600)
    book = make(tmp_path, layout=with_fonts(semibold, bold, heavy, SERIF))
    glyphs = {
        name.removeprefix("EPUB/fonts/magbuild-serif-pro-"): face["OS/2"].usWeightClass
        for name, face in faces(book).items()
    }
    assert glyphs == {"700-italic.otf": 600, "700.otf": 700, "400.otf": 400}


def test_fonts_that_styles_do_not_use_stay_out(tmp_path: Path) -> None:
    light = house_font("SourceSerifPro-ExtraLight.otf", weight=200)
    other = house_font("SourceSerifPro-Regular.otf", family="Unheard Of")
    assert faces(make(tmp_path, layout=with_fonts(light, other))) == {}


def test_fonts_without_a_licence_or_leave_to_be_subset_stay_out(tmp_path: Path) -> None:
    unlicensed = replace(SERIF, licence=tmp_path / "nowhere.txt")
    closed = []
    for bits in (0x0002, 0x0100):
        font = TTFont(SANS.path)
        font["OS/2"].fsType = bits
        path = tmp_path / f"closed-{bits}.ttf"
        font.save(path)
        closed.append(replace(SANS, path=path, style="normal" if bits == 2 else "italic"))
    (tmp_path / "broken.otf").write_bytes(b"no font")
    broken = replace(ITALIC, path=tmp_path / "broken.otf")
    book = make(tmp_path, layout=with_fonts(unlicensed, *closed, broken))
    assert faces(book) == {}
    assert '"Source Serif Pro", Georgia' in book.members["EPUB/style.css"].decode()


@pytest.mark.parametrize(
    ("family", "licence", "name"),
    [
        ("Source Serif Pro", "with Reserved Font Name 'Source'. All Rights Reserved.", "Magbuild Serif Pro"),
        ("EB Garamond", "Copyright 2017 The EB Garamond Project Authors", "EB Garamond"),
        ("Lobster", 'with Reserved Font Name "Lobster".\n\nLobster is free.', "Magbuild Text"),
        ("Fira Sans", "with Reserved Font Name < Fira >,", "Magbuild Sans"),
        ("Plain", "use the Reserved Font Name(s) unless plain permission", "Plain"),
    ],
)
def test_reserved_names_are_not_used(family: str, licence: str, name: str) -> None:
    assert own_family(family, licence, ()) == name


def test_two_families_never_share_a_new_name() -> None:
    assert own_family("Lobster", "Reserved Font Name Lobster", ["Magbuild Text"]) == "Magbuild Text 2"
