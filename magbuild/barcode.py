"""An ISSN and an issue's number come in; the barcode that shops read comes out, as a drawing in pure black.

A serial's barcode is an EAN-13 of 977, the ISSN without its check digit, a price variant of two digits and a check
digit; the issue's number stands beside it as an add-on of two digits (GS1 General Specifications 5.2; ISO/IEC 15420).
"""

import re

SERIAL, VARIANT = "977", "00"
MODULE = 0.297  # mm: the narrowest bar, nine tenths of the nominal size; shops want 80 to 200 percent of that
QUIET_LEFT, GAP, QUIET_RIGHT = 11, 9, 5  # modules without any ink: before, between and behind the two codes
HEIGHT, LONGER, DIGITS = 69.24, 5, 8.5  # modules: the bars, how far guards reach below them, room for digits
WIDTH = QUIET_LEFT + 95 + GAP + 20 + QUIET_RIGHT

# The left digits in odd parity (A) and even parity (B); right ones are the negative of A.
_A = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
_B = ("0100111", "0110011", "0011011", "0100001", "0011101", "0111001", "0000101", "0010001", "0001001", "0010111")
# Which of the six left digits have which parity says what the first of the thirteen is.
_FIRST = ("AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA")
_ADD_ON = ("AA", "AB", "BA", "BB")  # by the number's remainder of four


def ean_of(issn: str) -> str:
    """Return the thirteen digits of an ISSN such as "2049-3630"; an empty text when it has another form."""
    found = re.fullmatch(r"(\d{4})-?(\d{3})[\dXx]", issn.strip())
    if found is None:
        return ""
    twelve = f"{SERIAL}{found[1]}{found[2]}{VARIANT}"
    return twelve + check_digit(twelve)


def check_digit(twelve: str) -> str:
    """Return the thirteenth digit: with it the digits, weighed by 1 and 3 in turn, sum up to a multiple of ten."""
    return str(-sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(twelve)) % 10)


def ean_modules(digits: str) -> str:
    """Return thirteen digits as 95 modules, 1 for a bar and 0 for a space."""
    parities = zip(_FIRST[int(digits[0])], digits[1:7], strict=True)
    left = "".join((_A if parity == "A" else _B)[int(digit)] for parity, digit in parities)
    right = "".join(_A[int(digit)].translate(str.maketrans("01", "10")) for digit in digits[7:])
    return f"101{left}01010{right}101"


def add_on_modules(number: int) -> str:
    """Return the last two digits of an issue's number as 20 modules."""
    tens, ones = divmod(number % 100, 10)
    first, second = ((_A if parity == "A" else _B) for parity in _ADD_ON[number % 100 % 4])
    return f"1011{first[tens]}01{second[ones]}"


def barcode(issn: str, number: int) -> str:
    """Return the barcode of an issue as SVG, 41.6 by 23.4 mm; empty without an ISSN."""
    digits = ean_of(issn)
    if not digits:
        return ""
    add_on = f"{number % 100:02}"
    start, behind = QUIET_LEFT, QUIET_LEFT + 95 + GAP
    foot = HEIGHT + LONGER
    guards = {*range(3), *range(45, 50), *range(92, 95)}
    bars = [(start + at, 0.0, width, foot if at in guards else HEIGHT) for at, width in _bars(ean_modules(digits))]
    bars += [(behind + at, DIGITS, width, foot) for at, width in _bars(add_on_modules(number))]
    # Each bar by itself: then black overprints in the thin ones, though others are too wide for that.
    rows = "".join(
        f'<rect x="{x}" y="{top:g}" width="{width}" height="{bottom - top:g}"/>' for x, top, width, bottom in bars
    )
    line = foot + 3.5
    runs = (
        *((1.5, line, digits[0]),),
        *((start + 3 + 7 * at + 3.5, line, digit) for at, digit in enumerate(digits[1:7])),
        *((start + 50 + 7 * at + 3.5, line, digit) for at, digit in enumerate(digits[7:])),
        *((behind + 4 + 9 * at + 3.5, DIGITS - 1.5, digit) for at, digit in enumerate(add_on)),
    )
    texts = "".join(
        f'<text x="{x:g}" y="{y:g}"{"" if x < QUIET_LEFT else centred}>{digit}</text>'
        for (x, y, digit), centred in ((run, ' text-anchor="middle"') for run in runs)
    )
    height = foot + 4.5
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" viewBox="0 0 {WIDTH} {height:g}" '
        f'width="{WIDTH * MODULE:.2f}mm" height="{height * MODULE:.2f}mm">'
        f'<g fill="#000">{rows}</g><g fill="#000" font-size="9">{texts}</g></svg>'
    )


def _bars(modules: str) -> list[tuple[int, int]]:
    """Return each bar's first module and how many it is wide."""
    return [(bar.start(), len(bar[0])) for bar in re.finditer("1+", modules)]
