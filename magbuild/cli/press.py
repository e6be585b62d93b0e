"""The commands about files for printers, ours or a stranger's: laid on sheets, and checked."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from magbuild.cli.options import PATH, ExitCode, output_format, strict
from magbuild.measure import Length
from magbuild.problem import Report


@click.command()
@click.argument("file", type=PATH)
@click.option("--saddle", is_flag=True, help="All sheets within each other, to be stitched; the default.")
@click.option("--signature", type=click.IntRange(min=4, max=64), metavar="PAGES", help="Signatures of so many pages.")
@click.option("--paper-thickness", "thickness", default="0.1mm", show_default=True, help="Of one leaf; moves creep.")
@click.option("--marks", is_flag=True, help="Crop, fold and register marks, and a line that names the sheet.")
@click.option("-o", "--out", type=PATH, help="The file to write; FILE-booklet.pdf by default.")
@strict
@output_format
def impose(
    file: Path,
    saddle: bool,
    signature: int | None,
    thickness: str,
    marks: bool,
    out: Path | None,
    strict: bool,
    style: str,
) -> None:
    """Lay the pages of a PDF on sheets to print on both sides, fold and bind, for proofs and short runs."""
    from magbuild.editions.booklet import impose as lay_on_sheets
    from magbuild.reporting import write_report

    if saddle and signature:
        raise click.UsageError("a booklet is either saddle-stitched or made of signatures")
    if signature and signature % 4:
        raise click.UsageError(f"a signature has a multiple of 4 pages, not {signature}")
    target = out or file.with_name(f"{file.stem}-booklet.pdf")
    if target.resolve() == file.resolve():
        raise click.UsageError("name another file to write with -o: this is the one that is read")
    report = Report(strict=strict)
    try:
        leaf = Length.parse(thickness)
        imposed = lay_on_sheets(file, target, report, signature=signature, thickness=leaf, marks=marks)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.FileError(str(target), (error.strerror or "").lower()) from None
    write_report(report, style)
    if imposed and style == "text":
        click.echo(f"{target}: {imposed.sheets} sheets, {imposed.signatures} signatures, {imposed.pages} pages")
    sys.exit(ExitCode.PROBLEMS if report.failed else ExitCode.GOOD)


@click.command()
@click.argument("file", type=PATH)
@click.option("--printer", default="", help="A printer's name or the path of its profile; sheetfed-coated by default.")
@click.option("--binding", type=click.Choice(["saddle", "perfect"]), help="How it will be bound.")
@click.option("--cover", is_flag=True, help="It is a cover that wraps around.")
@click.option("--advert", metavar="SIZE", help="It is an advert for a place of that size, such as '210mm x 148mm'.")
@click.option("--certificate", type=PATH, help="Write the certificate as well, a PDF of one page.")
@click.option("-o", "--out", type=PATH, help="The file to write the report to.")
@click.option("--format", "style", type=click.Choice(["text", "json", "html"]), default="text", help="Of the report.")
@strict
def preflight(
    file: Path,
    printer: str,
    binding: str | None,
    cover: bool,
    advert: str | None,
    certificate: Path | None,
    out: Path | None,
    style: str,
    strict: bool,
) -> None:
    """Check any PDF for print: by PDF/X, the rules of the Ghent Workgroup, and the printer's limits."""
    from magbuild.load.printers import find_printer
    from magbuild.measure import Size
    from magbuild.model import Binding
    from magbuild.preflight import preflight as check_file
    from magbuild.preflight import reports
    from magbuild.preflight.webreport import as_html

    report = Report()
    profile = find_printer(printer, None, report)
    if profile is None or report.failed:
        raise click.UsageError("; ".join(f"{problem.message} ({problem.hint})" for problem in report))
    try:
        place = Size.parse(advert) if advert else None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    bound = Binding(binding) if binding else None
    result = check_file(file, profile, binding=bound, cover=cover, advert=place)
    written = as_html(result, _today()) if style == "html" else ""
    written = written or (reports.as_json(result) if style == "json" else reports.as_text(result))
    try:
        if certificate is not None:
            from magbuild.preflight.certificate import certificate as certify

            certificate.write_bytes(certify(result, profile, _today()))
        if out is not None:
            out.write_text(written, "utf-8")
    except OSError as error:
        raise click.FileError(str(error.filename), (error.strerror or "").lower()) from None
    if out is None:
        click.echo(written, nl=False)
    sys.exit(ExitCode.GOOD if result.good and not (strict and result.warnings) else ExitCode.PROBLEMS)


def _today() -> datetime:
    """Return the date that a report bears: SOURCE_DATE_EPOCH, or now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
