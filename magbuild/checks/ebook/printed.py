"""The PDF of the same issue: it comes in, and what its pages are called comes out."""

from pathlib import Path

import pikepdf


def pdf_beside(path: Path) -> Path | None:
    """Return the PDF of the same issue that lies beside an e-book, if there is one."""
    stem = path.stem.removesuffix("-light")
    names = (path.with_name(f"{stem}-{edition}.pdf") for edition in ("screen", "print"))
    return next((name for name in names if name.is_file()), None)


def labels_of(path: Path) -> tuple[str, ...]:
    """Return the labels of a PDF's pages; none when it doesn't give any or can't be read."""
    try:
        with pikepdf.open(path) as pdf:
            return tuple(str(page.label) for page in pdf.pages) if "/PageLabels" in pdf.Root else ()
    except (pikepdf.PdfError, OSError):
        return ()
