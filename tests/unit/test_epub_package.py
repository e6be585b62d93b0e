"""What the package of the e-book says, and how its file is written."""

import datetime
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from magbuild.model import (
    Conformance,
    Cover,
    CoverLine,
    Medium,
    Person,
    Picture,
    Role,
)
from tests.unit.epub_issue import (
    ADA,
    HOUSE,
    SENTENCE,
    XML,
    call,
    found,
    jpeg,
    magazine,
    make,
    note,
    paragraphs,
    piece,
    plain_layout,
    sheet,
)

# --- What the package says ---


def test_package_names_magazine_number_and_people(tmp_path: Path) -> None:
    rules = CoverLine(text="Who rules?")
    book = make(
        tmp_path,
        piece("one", author=(ADA, Person(name="Bo Lee", role=Role.TRANSLATOR))),
        piece("two", author=(Person(name="Ada Wick", role=Role.ILLUSTRATOR),)),
        piece("gone", author=(Person(name="Nobody"),), editions=(Medium.PRINT,)),
        magazine=magazine(publisher="The Collective", editors=("Di Orr", "Ada Wick")),
        sheet=sheet(season="Spring 2026", title="Beginnings", cover=Cover(lines=(rules,))),
    )
    assert book.dc("title") == ["Foundations, No. 37 (Spring 2026)"]
    assert book.facts("file-as") == ["Foundations, 037"]
    assert book.dc("identifier")[1] == "urn:issn:2049-3630"
    assert book.dc("publisher") == book.dc("creator") == ["The Collective"]
    assert book.dc("date") == ["2026-03-20"]
    assert book.dc("rights") == []
    assert book.dc("description") == ["Beginnings. Who rules?"]
    people = {person.get("id"): person.text for person in found(book.package, "//d:contributor")}
    roles = found(book.package, "//o:meta[@property='role'][starts-with(@refines, '#person')]")
    assert [(people[role.get("refines", "")[1:]], role.text) for role in roles] == [
        ("Di Orr", "edt"),
        ("Ada Wick", "edt"),
        ("Ada Wick", "aut"),
        ("Ada Wick", "ill"),
        ("Bo Lee", "trl"),
    ]
    series = (book.facts(prop) for prop in ("belongs-to-collection", "collection-type", "group-position"))
    assert list(series) == [["Foundations"], ["series"], ["37"]]
    named = {meta.get("name"): meta.get("content") for meta in found(book.package, "//o:meta[@name]")}
    assert named == {
        "cover": "cover-image",
        "calibre:series": "Foundations",
        "calibre:series_index": "37",
    }
    assert book.package.get("prefix") is None
    assert b"<opf:" not in book.members["EPUB/content.opf"]


def test_facts_stand_beside_what_they_refine(tmp_path: Path) -> None:
    book = make(tmp_path, piece("one", author=(ADA,)))
    known: list[str | None] = []
    for fact in found(book.package, "//o:metadata/*"):
        known = [*known, fact.get("id")] if fact.get("refines") else [fact.get("id")]
        assert fact.get("refines", f"#{known[0]}") == f"#{known[0]}"


def test_same_issue_always_has_the_same_identifier(tmp_path: Path) -> None:
    first, again = (make(tmp_path, piece(slug)).dc("identifier")[0] for slug in ("one", "two"))
    next_issue = make(tmp_path, sheet=sheet(number=38)).dc("identifier")[0]
    other = make(tmp_path, magazine=magazine(issn="", url="https://other.example")).dc("identifier")
    assert first == again
    assert first is not None
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f-]{21}", first)
    assert len({first, next_issue, other[0]}) == 3
    assert len(other) == 1


def test_package_tells_readers_what_they_can_rely_on(tmp_path: Path) -> None:
    (tmp_path / "map.jpg").write_bytes(jpeg())
    described = make(tmp_path, piece("one", picture=Picture(file="map.jpg", alt="A map.")))
    mute = make(tmp_path, piece("one", picture=Picture(file="map.jpg")))
    always = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability", "unlocked", "ARIA"]
    assert described.facts("schema:accessMode") == ["textual", "visual"]
    assert described.facts("schema:accessModeSufficient") == ["textual", "textual,visual"]
    assert described.facts("schema:accessibilityFeature") == [*always, "alternativeText"]
    assert described.facts("schema:accessibilityHazard") == ["none"]
    assert mute.facts("schema:accessMode") == ["textual", "visual"]
    assert mute.facts("schema:accessModeSufficient") == ["textual,visual"]
    assert mute.facts("schema:accessibilityFeature") == always
    assert mute.facts("schema:accessibilitySummary") == [
        "The text reflows and can be enlarged; it has headings and a linked table of contents. "
        "Some pictures are not described in words."
    ]


def test_nothing_is_claimed_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "own" / "templates" / "epub").mkdir(parents=True)
    for name in ("cover", "contents", "imprint", "chapter"):
        page = (
            '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head><body>{}</body></html>'
        )
        text = "{{ body }}" if name == "chapter" else ""
        (tmp_path / "own" / "templates" / "epub" / f"{name}.html").write_text(page.format(f"<p>One.</p>{text}"))
    bare = replace(plain_layout(), chain=(tmp_path / "own", HOUSE))
    book = make(tmp_path, piece("one"), layout=bare)
    assert book.facts("schema:accessMode") == book.facts("schema:accessModeSufficient") == ["textual"]
    assert book.facts("schema:accessibilityFeature") == [
        "tableOfContents",
        "readingOrder",
        "displayTransformability",
        "unlocked",
    ]
    moving = '<p><svg xmlns="http://www.w3.org/2000/svg"><rect><animate attributeName="x"/></rect></svg></p>'
    book = make(tmp_path, piece("one", body=moving), layout=bare)
    assert book.facts("schema:accessibilityHazard") == ["unknown"]
    assert book.facts("schema:accessModeSufficient") == ["textual,visual"]
    titled = moving.replace("<rect>", "<title>A box that moves</title><rect>")
    book = make(tmp_path, piece("one", body=titled), layout=bare)
    assert book.facts("schema:accessModeSufficient") == ["textual", "textual,visual"]


@pytest.mark.parametrize(
    ("code", "spoken", "said"),
    [
        ("de-AT", "de-AT", "Anmerkungen sind verlinkt"),
        ("fr", "fr", "Les notes sont liées"),
        ("cy", "en", "Notes are linked"),
    ],
)
def test_summary_speaks_the_language_of_the_magazine(tmp_path: Path, code: str, spoken: str, said: str) -> None:
    noted = piece("one", body=paragraphs(f"A{call('one', 1)}."), notes=note("one", 1, "B."))
    book = make(tmp_path, noted, magazine=magazine(language=code))
    (summary,) = found(book.package, "//o:meta[@property='schema:accessibilitySummary']")
    assert summary.get(f"{XML}lang") == spoken
    assert said in str(summary.text)


def test_conformance_is_claimed_only_when_somebody_answers_for_it(tmp_path: Path) -> None:
    names = ("dcterms:conformsTo", "a11y:certifiedBy", "a11y:certifierCredential")
    silent = make(tmp_path)
    assert [silent.facts(name) for name in names] == [[], [], []]
    level = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    claim = Conformance(standard=level, certified_by="Ada Wick", credential="C", report="a.example/r")
    book = make(tmp_path, magazine=magazine(conformance=claim))
    assert [book.facts(name) for name in names] == [[level], ["Ada Wick"], ["C"]]
    (link,) = found(book.package, "//o:metadata/o:link")
    assert (link.get("rel"), link.get("href")) == ("a11y:certifierReport", "https://a.example/r")


# --- The file ---


def test_file_is_a_zip_as_epub_wants_it(tmp_path: Path) -> None:
    book = make(tmp_path, piece("one", body=paragraphs(SENTENCE * 9)))
    with zipfile.ZipFile(book.path) as archive:
        entries = archive.infolist()
    first = ["mimetype", "META-INF/container.xml", "EPUB/content.opf"]
    assert [entry.filename for entry in entries[:3]] == first
    assert (entries[0].compress_type, entries[0].extra) == (zipfile.ZIP_STORED, b"")
    assert {entry.date_time for entry in entries} == {(2026, 3, 1, 12, 30, 0)}
    assert {(entry.create_system, entry.external_attr >> 16) for entry in entries} == {(3, 0o100644)}
    kinds = {entry.filename: entry.compress_type for entry in entries}
    assert kinds["EPUB/one.xhtml"] == zipfile.ZIP_DEFLATED
    assert kinds["EPUB/images/cover.jpg"] == zipfile.ZIP_STORED
    assert sorted(set(book.members) - set(first)) == sorted(f"EPUB/{name}" for name in book.media_types)


TOKYO = datetime.timezone(datetime.timedelta(hours=9))


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        (datetime.datetime(2026, 3, 1, tzinfo=TOKYO), "2026-02-28T15:00:00Z"),
        (datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC), "1970-01-01T00:00:00Z"),
    ],
)
def test_stamp_is_the_only_time_and_in_utc(tmp_path: Path, stamp: datetime.datetime, said: str) -> None:
    assert make(tmp_path, stamp=stamp).facts("dcterms:modified") == [said]
