"""Type: fonts that are in the file, and text that a press can hold.

Each check is called like the code it reports, and its docstring is that code's manual page. Sizes are pt as printed.
"""

from collections import Counter

from magbuild.preflight.drawn import Text
from magbuild.preflight.inks import Paint
from magbuild.preflight.job import Job
from magbuild.preflight.look import Outcome
from magbuild.preflight.rules.structure import X4
from magbuild.preflight.sheets import Sheet
from magbuild.preflight.uses import Lettered

CLOSE = 0.005  # pt: sizes come out of several multiplications
RICH_BLACK, RICH_TOTAL = 0.85, 280.0
BODY_PAGES = 4  # shorter files, such as adverts, need not have body text
DARK = 0.5  # share of black from which a mixed colour is meant to be black


def font_not_embedded(job: Job) -> Outcome:
    """A font isn't in the file.

    The printer's machine would take another in its place. Export with all fonts embedded; where a font's licence
    forbids that, use another one. Text that isn't seen counts as well.
    """
    look = job.look("font-not-embedded", "fonts in the file", "fonts")
    for sheet, thing in job.everything():
        if isinstance(thing, Text) and thing.font is not None:
            look.saw_one(thing.font.name, thing.font.where)
            if not thing.font.embedded:
                look.found(
                    f"the font '{thing.font.name}' isn't in the file",
                    "export with all fonts embedded",
                    sheet=sheet,
                    box=thing.box,
                    object=thing.font.where,
                    source=X4,
                )
    return look.outcome()


def font_licence(job: Job) -> Outcome:
    """A font says that its licence forbids embedding it, and it is embedded all the same.

    Ask the font's maker, or use another font. (The font itself says so, in the field fsType of its OS/2 table.)
    """
    look = job.look("font-licence", "what fonts say about embedding", "fonts")
    met: set[tuple[str, str]] = set()
    for sheet, used in job.used():
        for font in used.fonts:
            if (font.name, font.where) in met:
                continue
            met.add((font.name, font.where))
            look.saw()
            if font.restricted:
                look.found(
                    f"the font '{font.name}' forbids embedding",
                    "ask its maker, or use another font",
                    sheet=sheet,
                    box=font.box,
                    object=font.where,
                    source="OpenType OS/2",
                    warns=True,
                )
    return look.outcome()


def courier_font(job: Job) -> Outcome:
    """Text is set in Courier, which mostly stands where another font got lost.

    If it isn't meant, give the text its font, and export again (GWG R0014).
    """
    look = job.look("courier-font", "text in Courier", "runs of text")
    for sheet, text in job.texts():
        look.saw()
        if text.font is not None and text.font.name == "Courier":
            look.found(
                "text is set in Courier",
                "see whether that is meant",
                sheet=sheet,
                box=text.box,
                object=text.font.where,
                source="GWG R0014",
                warns=True,
            )
    return look.outcome()


def rich_black_text(job: Job) -> Outcome:
    """Black text is mixed from several inks, more than 280 % of them in all.

    A hair's breadth between the plates makes it blurred, and it dries badly (GWG R0015: 85 % black or more). Set it in
    black alone.
    """
    look = job.look(
        "rich-black-text", "inks of black text", "runs of dark text", limit=RICH_TOTAL, unit="%", least=False
    )
    for sheet, text in job.texts():
        paint = text.paint
        if dict(paint.inks).get("Black", 0.0) >= RICH_BLACK - 1e-6 and paint.known:
            look.saw(paint.total, sheet)
            if paint.total > RICH_TOTAL + 0.01:
                look.found(
                    f"black text has {paint.total:.0f}% of ink ({paint})",
                    "set it in black alone",
                    sheet=sheet,
                    box=text.box,
                    object=_font(text),
                    source="GWG R0015",
                    warns=True,
                )
    return look.outcome()


def small_white_text(job: Job) -> Outcome:
    """White text is so small that ink runs into it.

    The limit is in the printer's profile (GWG R0016: 8 pt on coated paper, 9 pt in web offset). Make it larger or
    bolder, or set it in black on a light ground.
    """
    return _small(job, "small-white-text", "white text", job.printer.small.white_text, "GWG R0016")


def small_coloured_text(job: Job) -> Outcome:
    """Text in more than one ink is so small that the inks don't meet.

    The limit is in the printer's profile (GWG R0017: 8 pt on coated paper, 9 pt in web offset). Set small text in one
    ink, mostly black.
    """
    return _small(job, "small-coloured-text", "text in several inks", job.printer.small.multi_ink_text, "GWG R0017")


def _small(job: Job, code: str, subject: str, limit: float, source: str) -> Outcome:
    white = code == "small-white-text"
    look = job.look(code, f"the size of {subject}", f"runs of {subject}", limit=limit, unit="pt")
    for sheet, text in job.texts():
        paint = text.paint
        if not (paint.white if white else len(paint.inks) > 1):
            continue
        look.saw(text.size, sheet)
        if text.size < limit - CLOSE:
            hint = "make it larger, or set it in black on a light ground" if white else "set it in one ink"
            inks = "" if white else f" ({paint})"
            look.found(
                f"{subject} is {text.size:.1f} pt{inks}, and less than {limit:g} pt",
                hint,
                sheet=sheet,
                box=text.box,
                object=_font(text),
                source=source,
                warns=True,
            )
    return look.outcome()


def body_text_not_black(job: Job) -> Outcome | None:
    """The body text of a whole issue is a mixed black.

    The colour that most text of up to 14 pt has in the file should be black ink alone, or one other ink. Files
    of fewer than four pages aren't judged. The document's black is probably RGB black that was converted.
    """
    if len(job.sheets) < BODY_PAGES:
        return None
    look = job.look("body-text-not-black", "the colour of body text", "letters")
    letters: Counter[Paint] = Counter()
    first: dict[Paint, tuple[Sheet, Lettered]] = {}
    for sheet, used in job.used():
        for lettered in used.letters:
            letters[lettered.paint] += lettered.letters
            first.setdefault(lettered.paint, (sheet, lettered))
    look.saw(count=letters.total())
    if letters:
        paint = max(letters, key=lambda one: letters[one])
        look.note(f"most in {paint}")
        if len(paint.inks) > 1 and dict(paint.inks).get("Black", 0.0) >= DARK:
            sheet, lettered = first[paint]
            look.found(
                f"body text is mixed from {len(paint.inks)} inks ({paint})",
                "set body text in black alone",
                sheet=sheet,
                box=lettered.box,
                object=lettered.font,
                source="printer",
                warns=True,
            )
    return look.outcome()


def _font(text: Text) -> str:
    return text.font.name if text.font is not None else ""
