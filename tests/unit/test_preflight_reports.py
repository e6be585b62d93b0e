"""The reports of a preflight: text, JSON, a web page, a certificate; and the command that writes them."""

import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from lxml import etree

from magbuild.cli import main
from magbuild.preflight import Preflight, preflight
from magbuild.preflight.certificate import certificate
from magbuild.preflight.findings import Checked, counted
from magbuild.preflight.reports import as_json, as_text
from magbuild.preflight.webreport import as_html
from magbuild.problem import Place
from tests.kit_pages import texts
from tests.kit_press import Press, photo, sheetfed, words

STAMP = datetime(2026, 3, 20, 6, 7, 8, tzinfo=UTC)


def good(folder: Path) -> Path:
    return Press().save(folder / "good.pdf")


def faulty(folder: Path, name: str = "faulty <b>.pdf") -> Path:
    """A file with an error and a warning on page 2, an error on page 5, and one of the whole file."""
    press = Press()
    press.draw(2, f"0.2 0 0 rg {words('Salt', 20, 60, 12)} {words('Tea', 40, 60, 12)}")
    press.draw(2, "0 1 0 0 K 0.05 w 20 50 m 60 50 l S")
    press.add("XObject", "P", photo(press.pdf, (100, 100)))
    press.draw(5, "q 60 0 0 40 20 60 cm /P Do Q")
    del press.pdf.Root.OutputIntents
    return press.save(folder / name)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Preflight:
    path = faulty(tmp_path_factory.mktemp("preflight"))
    found = preflight(path, sheetfed())
    story = Place(Path("issues/037/04-salt.md"), line=3)
    told = (replace(finding, story=story) if finding.page == 2 else finding for finding in found.findings)
    return replace(found, findings=tuple(told))


def test_text_is_written_like_problems(result: Preflight) -> None:
    lines = as_text(result).splitlines()
    path = result.path.as_posix()
    assert lines[0] == f"{path}: error: the file has no output intent for PDF/X [no-output-intent]"
    assert f"{path} (page 2): error: text is in DeviceRGB (and 1 more like it) [rgb-colour]" in lines
    at = lines.index(f"{path} (page 2): warning: a line is 0.14 pt thin; 0.25 pt is needed [hairline]")
    where = "20.0 mm from the left and 190.0 mm from the top, 40.1 x 0.1 mm"
    assert lines[at + 1] == f"    {where}, printer, story issues/037/04-salt.md:3"
    assert lines[at + 2] == "    hint: give it 0.25 pt or more"
    assert "    error    the resolution of pictures: 9 pictures, lowest 42.33 ppi on page 5, limit 224 ppi" in lines
    assert lines[-1] == f"{len(result.checked)} checks: 3 errors, 1 warning"


def test_text_of_a_good_file_lists_what_was_checked(tmp_path: Path) -> None:
    lines = as_text(preflight(good(tmp_path), sheetfed())).splitlines()
    assert lines[0] == "good.pdf: 8 pages of 170 x 240 mm, PDF 1.6, " + lines[0].rpartition(", ")[2]
    assert lines[1] == "checked for: Sheetfed offset, coated paper (sheetfed-coated, PDF/X-4)"
    assert re.fullmatch(r"\d+ checks: nothing found", lines[-1])


def test_text_of_a_file_that_can_not_be_read(tmp_path: Path) -> None:
    lines = as_text(preflight(tmp_path / "none.pdf", sheetfed())).splitlines()
    assert len(lines) == 3
    assert lines[-1] == "not checked"


def test_json_has_stable_keys(result: Preflight) -> None:
    found = json.loads(as_json(result))
    assert list(found) == [
        "format", "file", "path", "printer", "good", "errors", "warnings", "checked", "findings",
    ]  # fmt: skip
    assert (found["good"], found["errors"], found["warnings"]) == (False, 3, 1)
    (finding,) = (one for one in found["findings"] if one["code"] == "rgb-colour")
    assert list(finding) == [
        "code", "severity", "page", "message", "hint", "object", "boxes", "count", "source", "story",
    ]  # fmt: skip
    assert (finding["page"], finding["count"], len(finding["boxes"])) == (2, 2, 2)
    assert finding["story"]["line"] == 3
    (checked,) = (one for one in found["checked"] if one["code"] == "low-resolution")
    assert (checked["looked"], checked["page"], checked["limit"], checked["errors"]) == (9, 5, 224, 1)
    assert found["file"]["pages"] == 8


def test_json_of_a_file_that_can_not_be_read(tmp_path: Path) -> None:
    found = json.loads(as_json(preflight(tmp_path / "none.pdf", sheetfed())))
    assert (found["file"], found["good"], found["errors"], found["checked"]) == (None, False, 1, [])


def test_the_web_page_stands_alone_and_draws_its_findings(result: Preflight) -> None:
    html = as_html(result, STAMP)
    tree: Any = etree.fromstring(html, etree.HTMLParser())
    assert not tree.xpath("//script | //link | //iframe")
    sources = [*tree.xpath("//@src"), *tree.xpath("//@href")]
    assert all(source.startswith(("data:image/jpeg;base64,", "#")) for source in sources)
    assert tree.xpath("/html/@lang") == ["en"]
    assert "faulty <b>.pdf" in tree.xpath("//h1/text()")
    for number in (2, 5):
        (section,) = tree.xpath(f"//section[@id='page-{number}']")
        assert section.xpath(".//svg/@aria-label")
        assert section.xpath(".//svg/image")
        assert section.xpath(".//svg//rect[not(@class)]")
    (page_two,) = tree.xpath("//section[@id='page-2']")
    drawn = page_two.xpath(".//svg/g[not(contains(@class, 'flag'))]/rect")
    assert {float(rect.get("x")) for rect in drawn} >= {20.0}
    assert len(page_two.xpath(".//ol/li")) == 2
    assert len(tree.xpath("//ul[@class='others']/li")) == 6
    assert len(tree.xpath("//section[@id='checked']//tbody/tr[th[@scope='row']]")) == len(result.checked)
    assert "20 March 2026" in html


def test_the_web_page_is_the_same_for_the_same(result: Preflight) -> None:
    assert as_html(result, STAMP) == as_html(result, STAMP)


def test_the_web_page_of_a_file_that_can_not_be_read(tmp_path: Path) -> None:
    assert "no such file" in as_html(preflight(tmp_path / "none.pdf", sheetfed()), STAMP)


def test_the_web_page_of_a_file_without_pictures_of_its_pages(tmp_path: Path) -> None:
    result = preflight(faulty(tmp_path), sheetfed())
    result.path.unlink()
    assert 'class="blank"' in as_html(result, STAMP)


@pytest.mark.slow
@pytest.mark.parametrize("which", ["good", "faulty"])
def test_the_certificate_is_one_page_with_the_figures(which: str, tmp_path: Path) -> None:
    path = good(tmp_path) if which == "good" else faulty(tmp_path)
    result = preflight(path, sheetfed())
    made = certificate(result, sheetfed(), STAMP)
    assert made == certificate(result, sheetfed(), STAMP)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(edge)) for edge in pdf.pages[0].mediabox] == [0, 0, 595, 842]
    said = re.sub(r"\s+", " ", texts(made)[0])
    assert result.facts is not None
    assert result.facts.sha256 in said
    assert "20 March 2026" in said
    assert ("nothing found" if which == "good" else "3 errors, 1 warning") in said
    for checked in result.checked:
        assert checked.subject.casefold() in said.casefold(), checked.code
    assert "9 pictures, lowest 42.33 ppi on page 5" in said or which == "good"
    assert "nothing else" in said


def test_the_certificate_of_a_file_that_can_not_be_read_claims_nothing(tmp_path: Path) -> None:
    made = certificate(preflight(tmp_path / "none.pdf", sheetfed()), sheetfed(), STAMP)
    assert "nothing was checked" in texts(made)[0]


@pytest.mark.parametrize(
    ("number", "things", "said"),
    [
        (1, "pages", "1 page"),
        (2, "pages", "2 pages"),
        (1, "runs of text", "1 run of text"),
        (0, "fonts", "0 fonts"),
        (12345, "letters", "12,345 letters"),
    ],
)
def test_things_are_counted_as_people_say_it(number: int, things: str, said: str) -> None:
    assert counted(number, things) == said


def test_figures_without_a_value_or_a_limit() -> None:
    assert Checked(code="x", subject="x", looked=0, things="").figures == ""
    assert Checked(code="x", subject="x", looked=2, things="pages").figures == "2 pages"
    full = Checked(
        code="x", subject="x", looked=2, things="areas", worst=312.4, page=3, limit=300, unit="%", least=False
    )
    assert full.figures == "2 areas, highest 312.4% on page 3, limit 300%"


# --- The command ---


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["preflight", *map(str, words)], env={"SOURCE_DATE_EPOCH": "1774000000"})


def test_a_good_file_is_zero_and_a_faulty_one_is_one(tmp_path: Path) -> None:
    assert run(good(tmp_path)).exit_code == 0
    assert run(faulty(tmp_path)).exit_code == 1
    assert run(tmp_path / "none.pdf").exit_code == 1


def test_a_warning_is_one_only_where_it_is_asked_for(tmp_path: Path) -> None:
    press = Press()
    press.draw(2, "0 1 0 0 K 0.05 w 20 50 m 60 50 l S")
    path = press.save(tmp_path / "file.pdf")
    assert run(path).exit_code == 0
    assert run(path, "--strict").exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("--printer", "nobody"),
        ("--advert", "big"),
        ("--binding", "glue"),
        ("--format", "xml"),
        ("--printer", "no.yaml"),
    ],
)
def test_wrong_usage_is_two(words: Sequence[str], tmp_path: Path) -> None:
    result = run(good(tmp_path), *words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_reports_are_written_where_asked(tmp_path: Path) -> None:
    path = good(tmp_path)
    result = run(path, "--format", "html", "-o", tmp_path / "r.html", "--certificate", tmp_path / "c.pdf")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "r.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "20 March 2026" in (tmp_path / "r.html").read_text("utf-8")
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    assert json.loads(run(path, "--format", "json").output)["good"] is True


def test_what_is_asked_for_reaches_the_checks(tmp_path: Path) -> None:
    path = good(tmp_path)
    assert "[page-count]" in run(path, "--binding", "perfect").output
    assert "[page-count]" in run(path, "--cover").output
    assert "[trim-size]" in run(path, "--advert", "A4").output
    assert "(newspaper, PDF/X-4)" in run(path, "--printer", "newspaper").output


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    result = run(good(tmp_path), "-o", tmp_path / "no" / "r.txt")
    assert result.exit_code == 1
    assert "no such file" in result.output
