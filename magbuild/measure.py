"""Lengths and page sizes: text such as "3mm" or "A4" comes in, exact points and millimetres go out."""

import re
from dataclasses import dataclass

POINTS_PER_INCH = 72
MM_PER_INCH = 25.4

_UNITS = {"mm": 1.0, "cm": 10.0, "in": MM_PER_INCH, "pt": MM_PER_INCH / POINTS_PER_INCH}
_LENGTH = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>mm|cm|in|pt)")


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length, kept in millimetres."""

    mm: float

    @classmethod
    def parse(cls, text: str) -> "Length":
        """Read "3mm", "2.5 cm", "0.125in" or "9pt"; raise ValueError with an editor's words otherwise."""
        found = _LENGTH.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"'{text}' is not a length such as '3mm'")
        return cls(float(found["number"]) * _UNITS[found["unit"]])

    @classmethod
    def of_points(cls, points: float) -> "Length":
        """Return a length of so many PDF points (1/72 inch)."""
        return cls(points * MM_PER_INCH / POINTS_PER_INCH)

    @property
    def pt(self) -> float:
        """The length in PDF points (1/72 inch)."""
        return self.mm * POINTS_PER_INCH / MM_PER_INCH

    @property
    def css(self) -> str:
        """The length as CSS writes it."""
        return f"{self.mm:g}mm"


@dataclass(frozen=True, slots=True)
class Size:
    """A page size: the finished (trimmed) width and height."""

    width: Length
    height: Length

    @classmethod
    def parse(cls, text: str) -> "Size":
        """Read a named trim ("A4") or "210mm x 280mm"; raise ValueError with an editor's words otherwise."""
        named = TRIMS.get(text.strip().casefold())
        if named is not None:
            return named
        sides = re.split(r"\s*[x×]\s*", text.strip())
        if len(sides) != 2:
            raise ValueError(f"'{text}' is not a page size such as 'A4' or '210mm x 280mm'")
        return cls(Length.parse(sides[0]), Length.parse(sides[1]))

    @property
    def css(self) -> str:
        """The size as CSS writes it."""
        return f"{self.width.css} {self.height.css}"


def _mm(width: float, height: float) -> Size:
    return Size(Length(width), Length(height))


TRIMS = {
    "a4": _mm(210, 297),
    "a5": _mm(148, 210),
    "b5": _mm(176, 250),
    "us letter": _mm(215.9, 279.4),
    "letter": _mm(215.9, 279.4),
    "us magazine": _mm(212.725, 276.225),
    "digest": _mm(139.7, 215.9),
    "square": _mm(210, 210),
}
