"""What is printed for a colour: the palette, greys on black alone, everything else through the profile."""

import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from magbuild.inks import Ink, Inks, UnreadableProfile, inks_of, ramp
from magbuild.inks.tones import rgb_of_lab
from magbuild.model import Colour
from tests.kit_inks import FOGRA39, lab_of_cmyk, lab_of_rgb, profile_like

PALETTE = {
    "brand": Colour(screen="#b5121b", print=(0, 100, 90, 20)),
    "ink": Colour(screen="#1c1a19", print=(0, 0, 0, 100)),
    "signal": Colour(screen="#c8102e", spot="PANTONE 186 C"),
    "gold": Colour(screen="#d39b2e", print=(0, 32, 90, 14), spot="Gold 877"),
    "short": Colour(screen="#0af", print=(80, 20, 0, 0)),
    "computed": Colour(screen="#123456"),
}
SHARE = st.floats(0, 1)


def inks(palette: Mapping[str, Colour] = PALETTE, total_ink: float = 300) -> Inks:
    return inks_of(FOGRA39, palette, total_ink=total_ink)


def of(text: str, where: Inks | None = None) -> Ink:
    red, green, blue = bytes.fromhex(text)
    return (where or inks()).of_rgb(red / 255, green / 255, blue / 255)


# --- The palette ---


def test_a_palette_colour_has_just_the_inks_that_were_typed() -> None:
    assert of("b5121b") == Ink(cmyk=(0, 1, 0.9, 0.2))
    assert of("1c1a19").full_black
    assert of("00aaff").cmyk == (0.8, 0.2, 0, 0)


def test_a_colour_beside_one_of_the_palette_is_not_it() -> None:
    assert of("b5121c").cmyk != (0, 1, 0.9, 0.2)
    assert of("1c1a1a") != of("1c1a19")


def test_palette_colours_are_met_as_a_pdf_writes_them() -> None:
    assert inks().of_rgb(0.709804, 0.070588, 0.105882).cmyk == (0, 1, 0.9, 0.2)


def test_a_spot_ink_has_its_print_values_as_alternate_or_else_computed_ones() -> None:
    assert of("d39b2e") == Ink(cmyk=(0, 0.32, 0.9, 0.14), spot="Gold 877")
    signal = of("c8102e")
    assert (signal.spot, signal.tint) == ("PANTONE 186 C", 1)
    assert signal.cmyk == of("c8102e", inks({})).cmyk


def test_a_colour_with_neither_print_values_nor_spot_is_computed() -> None:
    assert of("123456") == of("123456", inks({}))


# --- Greys ---


def test_black_is_black_alone_and_white_bare_paper() -> None:
    assert of("000000", inks({})).cmyk == (0, 0, 0, 1)
    assert of("ffffff", inks({})).cmyk == (0, 0, 0, 0)


@pytest.mark.parametrize(("grey", "black"), [("333333", 90), ("666666", 72), ("999999", 51)])
def test_greys_are_matched_by_lightness(grey: str, black: float) -> None:
    found = of(grey, inks({}))
    assert found.black_alone
    assert found.cmyk[3] * 100 == pytest.approx(black, abs=0.6)


@given(SHARE, SHARE)
def test_the_darker_of_two_greys_has_at_least_as_much_black(one: float, other: float) -> None:
    dark, light = (inks({}).of_grey(value) for value in sorted((one, other)))
    assert dark.black_alone
    assert light.black_alone
    assert dark.cmyk[3] >= light.cmyk[3]


def test_greys_look_as_light_as_they_were_between_paper_and_full_black() -> None:
    for value in (0.25, 0.5, 0.75, 0.9):
        cmyk = np.array([inks({}).of_grey(value).cmyk])
        wanted = lab_of_rgb(np.array([[value] * 3]))[0, 0]
        darkest = lab_of_cmyk(np.array([[0, 0, 0, 1.0]]))[0, 0]

        def light(lightness: float) -> float:
            return ((lightness + 16) / 116) ** 3

        stretched = light(darkest) + light(wanted) * (1 - light(darkest))
        assert light(lab_of_cmyk(cmyk)[0, 0]) == pytest.approx(stretched, abs=0.01)


def test_channels_may_differ_by_one_step_in_a_grey_but_not_by_two() -> None:
    assert of("808180", inks({})).black_alone
    assert not of("808280", inks({})).black_alone


# --- Everything else ---


@settings(deadline=None)
@given(SHARE, SHARE, SHARE, st.sampled_from([220, 240, 260, 280, 300, 320]))
def test_no_converted_colour_has_more_ink_than_the_printer_takes(r: float, g: float, b: float, limit: float) -> None:
    found = inks({}, limit).of_rgb(r, g, b)
    assert all(0 <= value <= 1 for value in found.cmyk)
    assert found.total <= limit + 1e-6


def test_the_limit_takes_cyan_magenta_and_yellow_alike_and_keeps_black() -> None:
    free, held = (of("101112", inks({}, limit)) for limit in (400, 200))
    assert free.total > 250
    assert held.total == pytest.approx(200)
    assert held.cmyk[3] == free.cmyk[3]
    assert held.cmyk[0] / held.cmyk[1] == pytest.approx(free.cmyk[0] / free.cmyk[1])


def test_the_palette_may_have_more_ink_than_the_limit() -> None:
    rich = {"rich": Colour(screen="#010203", print=(80, 80, 80, 100))}
    assert of("010203", inks(rich, 300)).total == pytest.approx(340)


def test_colours_that_the_press_can_print_look_the_same() -> None:
    steps = np.array([[x, y, z] for x in (0.4, 0.55, 0.7) for y in (0.4, 0.55, 0.7) for z in (0.45, 0.6)])
    cmyk = np.array([inks({}).of_rgb(*row).cmyk for row in steps.tolist()])
    # Black-point compensation lightens the dark: it is part of the way, and so of what is expected.
    difference = np.linalg.norm(lab_of_cmyk(cmyk, compensated=True) - lab_of_rgb(steps), axis=1)
    assert difference.mean() < 1.5


def test_lab_colours_are_the_same_colours_as_their_rgb() -> None:
    lab = np.array([[60.0, 20.0, 30.0]])
    one = inks({}).of_lab(*lab[0].tolist())
    other = inks({}).of_rgb(*rgb_of_lab(lab)[0].tolist())
    assert one.cmyk == pytest.approx(other.cmyk, abs=0.03)
    assert inks({}).of_lab(100, 0, 0).cmyk == (0, 0, 0, 0)
    assert inks({}).of_lab(0, 0, 0).cmyk == (0, 0, 0, 1)
    assert inks({}).of_lab(50, 0.1, 0).black_alone


@settings(deadline=None)
@given(st.floats(0, 100), st.floats(-128, 127), st.floats(-128, 127))
def test_any_lab_colour_is_within_the_limit(lightness: float, a: float, b: float) -> None:
    found = inks({}).of_lab(lightness, a, b)
    assert all(0 <= value <= 1 for value in found.cmyk)
    assert found.total <= 300 + 1e-6


# --- Colours by profiles of their own ---


def test_a_wide_profile_is_honoured() -> None:
    wide = profile_like(gamma=2.2, wide=True)
    assert inks({}).of_profile(wide, (0.2, 0.8, 0.3)).cmyk != inks({}).of_rgb(0.2, 0.8, 0.3).cmyk
    assert inks({}).of_profile(wide, (0.0, 0.0, 0.0)).full_black
    assert inks({}).of_profile(wide, (1.0, 1.0, 1.0)).total == 0
    assert inks({}).of_profile(wide, (0.5, 0.5, 0.5)).black_alone


def test_colours_by_the_profile_of_screens_are_like_any_other() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert inks().of_profile(srgb, (0.709804, 0.070588, 0.105882)).cmyk == (0, 1, 0.9, 0.2)


def test_cmyk_of_the_press_itself_stays_and_black_alone_stays_black() -> None:
    press = FOGRA39.read_bytes()
    assert inks().of_profile(press, (0.1, 0.2, 0.3, 0.4)).cmyk == (0.1, 0.2, 0.3, 0.4)
    assert inks().of_cmyk(0, 0, 0, 1).full_black
    assert inks().of_cmyk(-1, 2, 0, 0).cmyk == (0, 1, 0, 0)


@pytest.mark.parametrize("values", [(0.5,), (0.5, 0.5), (0.5, 0.5, 0.5, 0.5)])
def test_a_profile_for_other_colours_is_refused(values: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="profile"):
        inks().of_profile(profile_like(gamma=2.2), values)
    with pytest.raises(ValueError, match="profile"):
        inks().of_profile(b"no profile", values)


# --- Profiles of printers ---


def test_a_profile_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "text.icc").write_text("no profile")
    (tmp_path / "empty.icc").write_bytes(b"")
    (tmp_path / "screen.icc").write_bytes(profile_like(gamma=2.2))
    (tmp_path / "cut.icc").write_bytes(FOGRA39.read_bytes()[:3000])
    for name in ("missing.icc", "text.icc", "empty.icc", "screen.icc", "cut.icc"):
        with pytest.raises(UnreadableProfile, match=name):
            inks_of(tmp_path / name, {})
    with pytest.raises(UnreadableProfile):
        inks_of(tmp_path, {})


def test_inks_are_made_once_for_a_profile_and_a_palette() -> None:
    assert inks() is inks()
    assert inks() is not inks({})
    assert inks().press is inks({}).press


# --- Gradients ---


def along(first: str, last: str, where: Inks | None = None) -> np.ndarray:
    made = where or inks()
    ends = [np.array(list(bytes.fromhex(text))) / 255 for text in (first, last)]
    share = np.linspace(0, 1, 101)
    rgb = (1 - share)[:, None] * ends[0] + share[:, None] * ends[1]
    found = ramp(made, rgb, made.plain(rgb), (of(first, made), of(last, made)), share)
    return np.column_stack([found.inks, np.full(101, len(found.spots))])


def test_a_gradient_meets_the_palette_at_both_ends_without_a_step() -> None:
    found = along("b5121b", "00aaff")[:, :4]
    assert found[0] == pytest.approx([0, 1, 0.9, 0.2])
    assert found[-1] == pytest.approx([0.8, 0.2, 0, 0])
    assert np.abs(np.diff(found, axis=0)).max() < 0.06


def test_a_gradient_of_greys_is_black_alone() -> None:
    found = along("000000", "ffffff", inks({}))
    assert not found[:, :3].any()
    assert found[0, 3] == 1
    assert found[-1, 3] == 0
    assert (np.diff(found[:, 3]) < 0).all()


def test_a_gradient_from_the_ink_of_the_text_to_white_is_black_alone() -> None:
    found = along("1c1a19", "ffffff")
    assert not found[:, :3].any()
    assert found[0, 3] == 1


def test_a_colour_crosses_grey_without_a_spike() -> None:
    found = along("ff0000", "00ffff", inks({}))[:, :4]
    assert np.abs(np.diff(found, axis=0)).max() < 0.08


def test_a_spot_ink_fades_on_its_own_plate() -> None:
    found = along("c8102e", "ffffff")
    assert found[0, 5] == 1  # one spot
    assert not found[:, :4].any()
    assert found[:, 4] == pytest.approx(np.linspace(1, 0, 101))


def test_a_spot_ink_fades_into_process_inks() -> None:
    found = along("c8102e", "b5121b")
    assert found[0, :5] == pytest.approx([0, 0, 0, 0, 1])
    assert found[50, :5] == pytest.approx([0, 0.5, 0.45, 0.1, 0.5])
    assert found[-1, :5] == pytest.approx([0, 1, 0.9, 0.2, 0])


# --- Pictures ---


def test_a_picture_comes_in_inks_and_a_grey_one_as_black_alone() -> None:
    colours = Image.new("RGB", (40, 30), (200, 40, 60))
    assert inks({}).picture(colours, None, photograph=False).mode == "CMYK"
    for mode in ("L", "RGB"):
        grey = Image.new(mode, (40, 30), 0x99 if mode == "L" else (0x99, 0x99, 0x98))
        found = inks({}).picture(grey, None, photograph=True)
        assert found.mode == "L"
        assert found.getpixel((3, 3)) == pytest.approx(255 * (1 - 0.511), abs=1)


def test_one_coloured_pixel_makes_a_picture_no_grey_one() -> None:
    grey = Image.new("RGB", (200, 200), (128, 128, 128))
    grey.putpixel((77, 133), (128, 128, 140))
    assert inks({}).picture(grey, None, photograph=True).mode == "CMYK"


def test_pictures_keep_to_the_limit() -> None:
    dark = Image.new("RGB", (20, 600), (25, 12, 8))
    free, held = (inks({}, limit).picture(dark, None, photograph=False) for limit in (400, 220))
    assert np.asarray(free)[599, 5].sum(dtype=int) > 2.55 * 260
    assert np.asarray(held).astype(int).sum(axis=2).max() <= 2.55 * 220


def test_cmyk_without_a_profile_stays_and_with_another_profile_is_converted() -> None:
    given = Image.new("CMYK", (4, 4), (10, 200, 30, 0))
    assert inks({}).picture(given, None, photograph=True).getpixel((0, 0)) == (10, 200, 30, 0)
    press = FOGRA39.read_bytes()
    assert inks({}).picture(given, press, photograph=True).getpixel((0, 0)) == (10, 200, 30, 0)
    other = press[:-8] + bytes(8)
    assert inks({}).picture(given, other, photograph=True).getpixel((0, 0)) != (10, 200, 30, 0)
    black = Image.new("CMYK", (4, 4), (0, 0, 0, 90))
    assert inks({}).picture(black, other, photograph=True).getpixel((0, 0)) == (0, 0, 0, 90)


def test_a_profile_that_is_not_the_pictures_own_is_passed_over() -> None:
    colours = Image.new("RGB", (4, 4), (200, 40, 60))
    plain = inks({}).picture(colours, None, photograph=True).getpixel((0, 0))
    for profile in (b"no profile", FOGRA39.read_bytes()):
        assert inks({}).picture(colours, profile, photograph=True).getpixel((0, 0)) == plain
    wide = inks({}).picture(colours, profile_like(gamma=2.2, wide=True), photograph=True).getpixel((0, 0))
    assert wide != plain


def test_a_picture_carries_no_profile_along() -> None:
    found = inks({}).picture(Image.new("RGB", (4, 4), (200, 40, 60)), None, photograph=True)
    packed = io.BytesIO()
    found.save(packed, "JPEG")
    assert b"ICC_PROFILE" not in packed.getvalue()
