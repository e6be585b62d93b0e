"""Colours as screens show them come in; how much one differs from another comes out (WCAG 2.2, 1.4.3)."""

from PIL import ImageColor

RGB = tuple[int, int, int]
WHITE: RGB = (255, 255, 255)
NIGHT: RGB = (17, 17, 17)  # a page as readers show it in the dark


def rgb(text: str) -> RGB | None:
    """Return a colour as CSS names it, None for what isn't one or lets the ground shine through."""
    try:
        found = ImageColor.getrgb(text)
    except ValueError:
        return None
    return (found[0], found[1], found[2]) if len(found) < 4 or found[3] == 255 else None


def luminance(colour: RGB) -> float:
    """Return the relative luminance, from 0 to 1."""
    parts = [value / 255 for value in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
