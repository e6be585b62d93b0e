"""A layout comes in; a PDF that sets every element once goes out, so that a designer sees the layout at once."""

from pathlib import Path
from typing import Final

from magbuild.build import Listener, build
from magbuild.delivery import beside, deliver
from magbuild.model import EditionName
from magbuild.problem import Report, Severity

# An issue like any other, whose text says what each element is.
MATERIAL: Final = Path(__file__).parent / "material" / "001"


def specimen(
    layout: Path, out: Path, report: Report, *, jobs: int = 0, tell: Listener = lambda stage, detail: None
) -> Path:
    """Set the specimen of a layout's folder, such as layouts/digest, into `out` and return the PDF's path.

    Pages have the size that the layout is drawn for. Raises Stopped, with problems in the report, when it can't be set.
    What a build says of the material alone, such as that a page is blank, is left out.
    """
    found = Report(strict=report.strict)
    folder = layout.resolve() if layout.name in ("", "..") else layout
    with beside(out) as shelf:
        try:
            built = build(MATERIAL, shelf, found, editions=[EditionName.SCREEN], dress=folder, jobs=jobs, tell=tell)
        finally:
            report.extend(
                one for one in found if one.severity is Severity.ERROR or MATERIAL not in one.place.path.parents
            )
        (screen,) = (file for file in built.files if file.suffix == ".pdf")
        (file,) = deliver((screen.rename(shelf / f"{folder.name}-specimen.pdf"),), shelf, out)
    return file
