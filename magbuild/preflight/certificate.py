"""A preflight comes in; its certificate comes out: one page that says what was checked, and no more than that."""

import hashlib
from datetime import datetime
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from magbuild.memory import recalled
from magbuild.model import Printer
from magbuild.paginate import set_sheet
from magbuild.preflight.findings import Preflight
from magbuild.preflight.reports import as_json, described, verdict
from magbuild.preflight.webreport import environment

FACES = (
    ("Source Sans Pro", 400, "font_source_sans_pro", "SourceSansPro-Regular.otf"),
    ("Source Sans Pro", 600, "font_source_sans_pro", "SourceSansPro-Semibold.otf"),
    ("Source Serif Pro", 600, "font_source_serif_pro", "SourceSerifPro-Semibold.otf"),
)


def certificate(result: Preflight, printer: Printer, stamp: datetime) -> bytes:
    """Return the certificate as a PDF of one page, A4. The same preflight and `stamp` give the same bytes."""
    template = environment().get_template("certificate.html")
    html = template.render(
        result=result,
        facts=result.facts,
        printer=printer,
        stamp=stamp,
        verdict=verdict(result),
        described="" if result.facts is None else described(result.facts),
        groups=[(group, tuple(checks)) for group, checks in groupby(result.checked, key=lambda one: one.group)],
    )
    styles = _faces() + (files("magbuild.preflight") / "templates" / "certificate.css").read_text("utf-8")
    name = hashlib.sha256(as_json(result).encode()).hexdigest()
    return recalled(set_sheet, html, styles, f"certificate-{name}").pdf


def _faces() -> str:
    rules = []
    for family, weight, package, file in FACES:
        address = (Path(str(files(package))) / "files" / file).resolve().as_uri()
        rules.append(f"@font-face{{font-family:'{family}';font-weight:{weight};src:url('{address}')}}\n")
    return "".join(rules)
