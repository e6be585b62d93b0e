"""The few colours of the issue: names in, sRGB triples out."""

Colour = tuple[int, int, int]

RED: Colour = (0xB5, 0x12, 0x1B)
INK: Colour = (0x1C, 0x1A, 0x19)
DEEP: Colour = (0x1D, 0x4A, 0x57)
OCHRE: Colour = (0xD3, 0x9B, 0x2E)
PAPER: Colour = (0xF3, 0xEE, 0xE3)


def tint(colour: Colour, strength: float, ground: Colour = PAPER) -> Colour:
    """Thin a colour with its ground; `strength` runs from 0 (only ground) to 1 (only colour)."""
    red, green, blue = (round(g + (c - g) * strength) for c, g in zip(colour, ground, strict=True))
    return red, green, blue


def web(colour: Colour) -> str:
    """Write a colour as CSS and SVG read it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
