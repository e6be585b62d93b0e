"""Pictures of every kind: what they are, what pages and screens are given, and what drawings may not bring along."""

import hashlib
import io
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw

from magbuild.fingerprint import Files
from magbuild.memory import at_hand
from magbuild.pictures import (
    PictureFacts,
    UnreadablePicture,
    Variant,
    clean_svg,
    examine,
    for_page,
    for_screen,
    variants,
)
from magbuild.store import Store
from tests.kit import picture

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100">%s</svg>'
)
RED = (200, 30, 20)


def file_of(folder: Path, image: Image.Image | bytes | str, name: str, **options: Any) -> Path:
    path = folder / name
    if isinstance(image, Image.Image):
        image.save(path, **options)
    else:
        path.write_bytes(image.encode() if isinstance(image, str) else image)
    return path


def opened(variant: Variant) -> Image.Image:
    image = Image.open(io.BytesIO(variant.data))
    image.load()
    assert image.size == (variant.width, variant.height)
    return image


def near(found: Any, wanted: tuple[int, ...], within: int = 4) -> bool:
    return all(abs(one - other) <= within for one, other in zip(found, wanted, strict=True))


def half_red() -> Image.Image:
    image = Image.new("RGB", (40, 20), (255, 255, 255))
    ImageDraw.Draw(image).rectangle((0, 0, 19, 19), RED)
    return image


def orientation(value: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = value
    return exif


# --- What a picture is ---


def test_facts_of_a_jpeg(tmp_path: Path) -> None:
    path = file_of(tmp_path, Image.new("RGB", (1200, 800)), "a.jpg", dpi=(300, 300))
    assert examine(path) == PictureFacts(width=1200, height=800, kind="JPEG", mode="RGB", ppi=300)


def test_facts_of_an_upright_photo(tmp_path: Path) -> None:
    facts = examine(file_of(tmp_path, Image.new("RGB", (60, 40)), "a.jpg", exif=orientation(6)))
    assert (facts.width, facts.height, facts.turned) == (40, 60, True)


def test_facts_of_cmyk_with_a_profile(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    facts = examine(file_of(tmp_path, Image.new("CMYK", (6, 4)), "a.tif", icc_profile=profile))
    assert (facts.kind, facts.mode, facts.profile) == ("TIFF", "CMYK", "sRGB built-in")


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 200 150"', (200, 150)),
        ('viewBox="0,0,1,2"', (100, 200)),
        ('width="2in" height="3in"', (192, 288)),
        ('width="100%" height="100%" viewBox="0 0 300 200"', (300, 200)),
        ('width="500" viewBox="0 0 300 200"', (300, 200)),
        ('width="210mm" height="297mm" viewBox="0 0 10 20"', (794, 1123)),
    ],
)
def test_facts_of_a_drawing(attributes: str, size: tuple[int, int], tmp_path: Path) -> None:
    facts = examine(file_of(tmp_path, f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>', "a.svg"))
    assert (facts.width, facts.height) == size
    assert facts.vector


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.jpg", b"", "'a.jpg' is empty: 0 bytes"),
        ("a.jpg", b"%PDF-1.7", "'a.jpg' is a PDF"),
        ("a.jpg", b"\0\0\0\x18ftypheic", "'a.jpg' is an HEIC photo"),
        ("a.psd", b"8BPS\0\1", "'a.psd' is a Photoshop file"),
        ("a.svg", b"\x1f\x8b\x08", "'a.svg' is packed (SVGZ)"),
        ("a.jpg", b"version https://git-lfs.github.com/spec/v1\n", "'a.jpg' is a stand-in of Git LFS"),
        ("a.jpg", b"hello", "'a.jpg' isn't a picture of a kind that can be read"),
        ("a.jpg", picture(size=(900, 600))[:-900], "'a.jpg' is cut short"),
        ("a.png", picture("PNG", (90, 60))[:-30], "'a.png' is cut short"),
        ("a.png", picture("PNG", (90, 60)).replace(b"IDAT", b"IDAZ"), "'a.png' is damaged"),
        ("a.svg", b"<svg", "'a.svg' isn't well-formed SVG: see its line 1"),
        ("a.svg", b"<svg><g/>\n</b></svg>", "'a.svg' isn't well-formed SVG: see its line 2"),
        ("a.svg", b"<html/>", "'a.svg' isn't an SVG drawing"),
        ("a.svg", b"<svg/>", "'a.svg' has neither a size nor a view box"),
        ("a.svg", b'<svg width="0" height="9"/>', "'a.svg' has no area"),
        ("a.svg", b'<svg viewBox="0 0 1e999 9"/>', "'a.svg' has no area"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 9 9"/>', "'a.svg' declares entities"),
        (
            "a.svg",
            b'<!DOCTYPE svg [<!ENTITY a SYSTEM "/etc/passwd">]><svg viewBox="0 0 9 9">&a;</svg>',
            "'a.svg' declares",
        ),
    ],
)
def test_what_cannot_be_used_says_why(name: str, data: bytes, says: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, data, name)
    for use in (examine, for_page):
        with pytest.raises(UnreadablePicture) as refused:
            use(path)
        assert str(refused.value).startswith(says)


def test_a_picture_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePicture, match="can't be read: no such file"):
        examine(tmp_path / "a.jpg")


def test_nothing_but_this_is_raised_however_a_file_is_cut_or_spoilt(tmp_path: Path) -> None:
    for kind in ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP"):
        whole = picture(kind, (40, 30))
        for at in range(0, len(whole), max(1, len(whole) // 40)):
            spoilt = bytearray(whole)
            spoilt[at] ^= 0xFF
            for data in (whole[:at], bytes(spoilt)):
                path = file_of(tmp_path, data, f"a.{kind.lower()}")
                for use in (examine, for_page):
                    with suppress(UnreadablePicture):
                        use(path)


# --- For pages ---


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_plain_file_is_not_touched(kind: str, mode: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, picture(kind, (30, 20), mode), f"a.{kind.lower()}")
    variant = for_page(path)
    assert variant.data == path.read_bytes()
    assert variant.media_type == f"image/{kind.lower()}"
    assert (variant.width, variant.height) == (30, 20)


def test_what_is_made_of_a_file_is_remembered_by_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(image: Image.Image) -> Variant:
        with at_hand(Store(tmp_path / "store"), Files()):
            return for_page(file_of(tmp_path, image, "a.tif"))

    red = made(half_red())
    blue = made(Image.new("RGB", (30, 20), "blue"))
    monkeypatch.setattr(variants, "_normalised", None)  # nobody makes anything now
    assert made(half_red()) == red != blue == made(Image.new("RGB", (30, 20), "blue"))


def test_a_file_that_is_not_touched_is_not_remembered(tmp_path: Path) -> None:
    with at_hand(Store(tmp_path / "store"), Files()):
        for_page(file_of(tmp_path, half_red(), "a.png"))
    assert not (tmp_path / "store").exists()


def test_a_file_with_an_srgb_profile_is_not_touched(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = file_of(tmp_path, half_red(), "a.jpg", icc_profile=profile)
    assert for_page(path).data == path.read_bytes()


@pytest.mark.parametrize(
    ("image", "name", "mode", "suffix"),
    [
        (half_red().convert("CMYK"), "a.jpg", "RGB", ".jpg"),
        (half_red().convert("CMYK"), "a.tif", "RGB", ".png"),
        (half_red(), "a.tif", "RGB", ".png"),
        (half_red().quantize(4), "a.png", "RGB", ".png"),
        (half_red().convert("L").convert("P"), "a.png", "L", ".png"),
        (half_red().convert("1"), "a.png", "L", ".png"),
        (half_red().quantize(4), "a.gif", "RGB", ".png"),
        (half_red(), "a.webp", "RGB", ".jpg"),
        (half_red(), "a.bmp", "RGB", ".png"),
        (half_red().convert("RGBA"), "a.png", "RGB", ".png"),
        (half_red().convert("LA"), "a.png", "L", ".png"),
    ],
)
def test_other_kinds_become_srgb(image: Image.Image, name: str, mode: str, suffix: str, tmp_path: Path) -> None:
    variant = for_page(file_of(tmp_path, image, name))
    shown = opened(variant)
    assert (shown.mode, variant.suffix) == (mode, suffix)
    assert shown.size == (40, 20)
    assert "icc_profile" not in shown.info
    if mode == "RGB":
        # Without a profile CMYK is a rough guess.
        assert near(shown.getpixel((5, 10)), RED, within=12)
        assert near(shown.getpixel((35, 10)), (255, 255, 255))


def test_lab_becomes_srgb(tmp_path: Path) -> None:
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    image = ImageCms.profileToProfile(half_red(), srgb, lab, outputMode="LAB")
    assert image is not None
    shown = opened(for_page(file_of(tmp_path, image, "a.tif")))
    assert shown.mode == "RGB"
    assert near(shown.getpixel((5, 10)), RED, within=8)


def test_transparency_is_kept(tmp_path: Path) -> None:
    image = half_red().convert("RGBA")
    image.putalpha(128)
    path = file_of(tmp_path, image, "a.png")
    assert for_page(path).data == path.read_bytes()
    shown = opened(for_page(file_of(tmp_path, image, "a.webp", lossless=True)))
    assert shown.mode == "RGBA"
    assert near(shown.getpixel((5, 10)), (*RED, 128))


def test_a_transparent_colour_becomes_an_alpha_channel(tmp_path: Path) -> None:
    shown = opened(for_page(file_of(tmp_path, half_red(), "a.png", transparency=(255, 255, 255))))
    assert shown.getpixel((5, 10)) == (*RED, 255)
    assert shown.getpixel((35, 10)) == (255, 255, 255, 0)
    palette = half_red().quantize(2)
    shown = opened(for_page(file_of(tmp_path, palette, "a.gif", transparency=palette.getpixel((35, 10)))))
    assert shown.getpixel((35, 10))[3] == 0  # type: ignore[index]


def test_sixteen_bits_of_grey_become_eight(tmp_path: Path) -> None:
    image = Image.new("I;16", (4, 4), 40_000)
    for name in ("a.png", "a.tif"):
        shown = opened(for_page(file_of(tmp_path, image, name)))
        assert shown.mode == "L"
        assert shown.getpixel((0, 0)) == 156
    dark = opened(for_page(file_of(tmp_path, Image.new("I;16", (4, 4), 200), "dark.png")))
    assert dark.getpixel((0, 0)) == 1


def test_floating_grey_becomes_eight_bits(tmp_path: Path) -> None:
    shown = opened(for_page(file_of(tmp_path, Image.new("F", (4, 4), 0.5), "a.tif")))
    assert (shown.mode, shown.getpixel((0, 0))) == ("L", 128)


def swapped() -> bytes:
    """Return a made-up profile in which red and green have changed places."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    other = srgb.replace(b"\0s\0R\0G\0B", b"\0t\0R\0G\0B").replace(b"rXYZ", b"????")
    return other.replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")


def test_the_way_from_a_profile_is_looked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    build = ImageCms.buildTransform

    def building(source: Any, target: Any, mode: str, *rest: Any, **more: Any) -> Any:
        asked.append(mode)
        return build(source, target, mode, *rest, **more)

    monkeypatch.setattr(ImageCms, "buildTransform", building)
    variants._transform.cache_clear()
    profile = swapped()
    for image in (half_red(), half_red().transpose(Image.Transpose.ROTATE_180), half_red().convert("L")):
        for_page(file_of(tmp_path, image, "a.png", icc_profile=profile))
    assert asked == ["RGB", "L"]


def test_another_profile_is_converted(tmp_path: Path) -> None:
    other = swapped()
    for name in ("a.jpg", "a.png"):
        path = file_of(tmp_path, half_red(), name, icc_profile=other)
        assert examine(path).profile == "tRGB built-in"
        red, green, _ = opened(for_page(path)).getpixel((5, 10))  # type: ignore[misc]
        assert green > 150 > red


@pytest.mark.parametrize(
    "profile",
    [b"no profile", b"", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()],
    ids=["none", "empty", "lab"],  # the bytes have a date in them
)
def test_a_profile_that_says_nothing_about_the_picture_is_passed_over(profile: bytes, tmp_path: Path) -> None:
    path = file_of(tmp_path, half_red(), "a.jpg", icc_profile=profile, quality=95)
    assert near(opened(for_page(path)).getpixel((5, 10)), RED, within=12)


@pytest.mark.parametrize("value", range(2, 9))
def test_photos_are_turned_upright(value: int, tmp_path: Path) -> None:
    turned = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's way back for each of EXIF's
    stored = half_red().transpose(Image.Transpose(turned[value]))
    variant = for_page(file_of(tmp_path, stored, "a.jpg", exif=orientation(value), quality=95))
    shown = opened(variant)
    assert shown.size == (40, 20)
    assert near(shown.getpixel((5, 10)), RED, within=8)
    assert shown.getexif().get(0x0112, 1) == 1


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    path = file_of(tmp_path, half_red().convert("CMYK"), "a.jpg")
    assert len({hashlib.sha256(for_page(path).data).digest() for _ in range(2)}) == 1


# --- For screens ---


def noise(size: tuple[int, int]) -> Image.Image:
    return Image.effect_noise(size, 90).convert("RGB")


def test_large_pictures_are_reduced_and_small_ones_never_enlarged(tmp_path: Path) -> None:
    large = for_page(file_of(tmp_path, noise((400, 200)), "a.jpg"))
    assert (for_screen(large, 100, 80).width, for_screen(large, 100, 80).height) == (100, 50)
    assert (for_screen(large, 900, 95).width, for_screen(large, 900, 95).height) == (400, 200)


def test_a_drawing_stays_as_it_is(tmp_path: Path) -> None:
    variant = for_page(file_of(tmp_path, SVG % "", "a.svg"))
    assert for_screen(variant, 10, 80) is variant


def test_bytes_are_taken_too() -> None:
    assert for_screen(picture("JPEG", (300, 30)), 100, 80).width == 100
    with pytest.raises(UnreadablePicture):
        for_screen(b"x", 100, 80)


def test_flat_drawings_stay_png_and_photographs_become_jpeg(tmp_path: Path) -> None:
    assert for_screen(for_page(file_of(tmp_path, half_red(), "a.png")), 900, 80).media_type == "image/png"
    assert for_screen(for_page(file_of(tmp_path, noise((200, 200)), "b.png")), 900, 80).media_type == "image/jpeg"


def test_transparent_pictures_stay_png(tmp_path: Path) -> None:
    image = noise((200, 200)).convert("RGBA")
    image.putalpha(100)
    assert for_screen(for_page(file_of(tmp_path, image, "a.png")), 90, 80).suffix == ".png"


def test_screens_are_not_told_where_a_photo_was_taken(tmp_path: Path) -> None:
    exif = orientation(1)
    exif[0x010E] = "Ana's kitchen"
    comment = file_of(tmp_path, half_red(), "a.jpg", exif=exif, comment="Ana's kitchen", quality=60)
    assert b"Ana's kitchen" in for_page(comment).data
    variant = for_screen(for_page(comment), 900, 95)
    assert b"Ana's kitchen" not in variant.data
    assert opened(variant).tobytes() == Image.open(comment).tobytes()


# --- Drawings ---


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><body/></foreignObject>",
        '<image href="https://example.org/x.png"/>',
        '<image xlink:href="file:///etc/passwd"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<use href="other.svg#a"/>',
        "<animate/>",
        '<x xmlns="http://example.org/editor"/>',
        "<!-- said in private -->",
        '<?xml-stylesheet href="x.css"?>',
    ],
)
def test_parts_that_a_drawing_may_not_have_are_taken_out(inside: str) -> None:
    left = clean_svg((SVG % f"<g>before{inside}after</g>").encode()).decode()
    assert ">beforeafter<" in left


@pytest.mark.parametrize(
    "attribute",
    [
        'onclick="x()"',
        'ONLOAD="x()"',
        'xml:base="https://example.org/"',
        'href="javascript:x()"',
        'xlink:href="https://example.org"',
        'xmlns:e="urn:editor" e:label="x"',
    ],
)
def test_attributes_that_a_drawing_may_not_have_are_taken_out(attribute: str) -> None:
    left = clean_svg((SVG % f'<a id="a" {attribute}/>').encode()).decode()
    assert '<a id="a"/>' in left


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("fill: url(#a)", "fill: url(#a)"),
        ("fill: url( '#a' )", "fill: url( '#a' )"),
        ("fill: url(https://example.org/x)", "fill: none"),
        ('fill: URL("//example.org/x")', "fill: none"),
        (r"fill: \75 rl(x.svg#a)", "fill: none"),
        ("@import 'x.css'; fill: red", " fill: red"),
        (r"@\69mport url(x.css); fill: red", " fill: red"),
    ],
)
def test_styles_fetch_nothing(css: str, left: str) -> None:
    escaped = css.replace('"', "&quot;")
    cleaned = clean_svg((SVG % f'<style>{escaped}</style><g style="{escaped}"/>').encode()).decode()
    assert f"<style>{left}</style>" in cleaned
    assert f'<g style="{left}"/>' in cleaned.replace("&quot;", '"')


def test_a_fill_fetches_nothing() -> None:
    left = clean_svg((SVG % '<g fill="url(x.svg#a)" stroke="url(#b)"/>').encode()).decode()
    assert '<g fill="none" stroke="url(#b)"/>' in left


def test_what_is_inside_a_drawing_stays() -> None:
    inside = '<g id="a"/><use href="#a"/><image href="data:image/png;base64,AAAA"/><text>a &lt; b</text>'
    left = clean_svg((SVG % inside).encode()).decode()
    for part in ('<use href="#a"/>', 'href="data:image/png;base64,AAAA"', "<text>a &lt; b</text>", "viewBox"):
        assert part in left


def test_a_drawing_without_namespace_and_view_box_gets_both() -> None:
    left = clean_svg(b'<svg width="300" height="200"><g/></svg>').decode()
    assert left.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert 'viewBox="0 0 300 200"' in left


@pytest.mark.parametrize(
    "inside",
    [
        "".join(f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 9 + "</g>" for n in range(12)),
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<g id="a"><use href="#a"/></g>',
    ],
)
def test_a_drawing_that_unfolds_without_end_is_refused(inside: str) -> None:
    with pytest.raises(UnreadablePicture, match="unfolds to more than"):
        clean_svg((SVG % inside).encode())
