"""Checks on the read issue: for each, copy that passes, copy that doesn't, and the exact place."""

import ast
import inspect
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from magbuild import checks
from magbuild.checks import ebook
from magbuild.checks.facts import is_isbn, is_issn
from magbuild.load import load
from magbuild.problem import Report, Severity
from tests.kit import assert_problems, issue_of, picture

PACKAGE = Path(checks.__file__).parent.parent


def found(shelf: Path, story: str, files: Mapping[str, str] | None = None) -> Report:
    """Read an issue of one story, which must be good, and check it."""
    folder = issue_of(shelf, {"037/01-salt.md": story, "037/x.jpg": picture(), **(files or {})})
    report = Report()
    issue = load(folder, report)
    assert_problems(report)
    assert issue is not None
    checks.run(issue, report)
    return report


def story(body: str = "Salt was dear.\n", fields: str = "") -> str:
    return f"---\ntitle: Salt\nauthor: Ana Lima\n{fields}---\n{body}"


# --- What is left alone ---


@pytest.mark.parametrize(
    "body",
    [
        "He said that that was what he had had.\n",
        "Salt *salt* and [salt](salt.md) salt.\n",
        "Salt.\n\nSalt.\n",
        "`the the` and <!-- the the --> and\n\n```\nthe the\n```\n",
        "/// verse\nnever never\nnever\n///\n",
        "It ran on[^1] on.\n\n[^1]: The note.\n",
        "See https://example.org/TODO and `TODO` and <!-- TODO -->.\n",
        "Chapter XXX and XXXI, TKs and todo.\n",
        "- one\n- two\n\nword--word, word -- word, 5 - 3\n\n| a | b |\n|---|---|\n| - | c - |\n",
    ],
)
def test_good_copy_is_left_alone(body: str, tmp_path: Path) -> None:
    assert_problems(found(tmp_path, story(body)))


@pytest.mark.parametrize(
    "quote",
    [
        "Salt was dear, and tin was cheap.",
        "salt was dear and tin was cheap",
        "*Salt* was dear ... cheap.",
        "“Salt was dear … was cheap”",
        "It's Iskra's salt.",
        "Salt was dear, and tin was cheap.\n\n-- Ana Lima",
        "Salt\nwas dear,",
        "fish & chips",
    ],
)
def test_a_pull_quote_may_differ_in_marks_only(quote: str, tmp_path: Path) -> None:
    body = (
        "*Salt* was\ndear,[^1] and [tin](tin.md) was cheap. It's *Iskra*{lang=ru-Latn}'s salt, fish &amp; chips.\n\n"
        f"/// pullquote\n{quote}\n///\n\n[^1]: A note.\n"
    )
    assert_problems(found(tmp_path, story(body)))


def test_a_pull_quote_is_not_found_in_itself_or_in_another(tmp_path: Path) -> None:
    body = "Salt.\n\n/// pullquote\nTin was dear.\n///\n\n/// pullquote | Ana\n\n  Tin was\n  dear.\n///\n"
    assert_problems(
        found(tmp_path, story(body)),
        "037/01-salt.md:8:1 pullquote-not-in-story",
        "037/01-salt.md:13:3 pullquote-not-in-story",
    )


def test_pieces_of_a_pull_quote_come_in_order(tmp_path: Path) -> None:
    body = "Tin was cheap. Salt was dear.\n\n/// pullquote\nSalt ... cheap\n///\n"
    assert_problems(found(tmp_path, story(body)), "037/01-salt.md:8:1 pullquote-not-in-story")


def test_languages_double_words_of_their_own(tmp_path: Path) -> None:
    body = "Es war die die Frage, und und das.\n"
    report = found(tmp_path, story(body, "language: de\n"))
    assert_problems(report, "037/01-salt.md:6:27 doubled-word")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de-AT", "Die, die die Arbeit machten, sahen, dass sie sie gemacht hatten, und er gab ihr ihr Brot."),
        ("fr", "Nous, nous nous taisons; vous vous levez, et il part tout en en parlant."),
        ("nl", "Als je je vergist, zegt hij dat dat mag, en of het het huis was."),
        ("sv", "Han sade att det det gällde var var och ens sak."),
        ("da", "Det, der der står, er er."),
        ("no", "Det det gjaldt, var var og ens sak."),
        ("cs", "Bál se se mnou mluvit."),
        ("ru", "Он видел его его глазами, очень очень ясно."),
        ("es", "No, no no: muy muy lejos."),
        ("el", "Ο φίλος του του είπε σιγά σιγά."),
        ("en", "The *die die*{lang=de} and [nous nous]{lang=fr}.\n\nUnd und so.\n{: lang=de }"),
    ],
)
def test_words_that_good_prose_doubles(tmp_path: Path, language: str, text: str) -> None:
    assert_problems(found(tmp_path, story(text + "\n", f"language: {language}\n")))


@pytest.mark.parametrize(
    ("language", "text", "column"),
    [
        ("de", "Es war und und war.", 12),
        ("fr", "Il est est venu.", 8),
        ("nl", "Ik ga naar naar huis.", 12),
        ("ru", "Он пошёл в лес лес.", 16),
        ("pl", "Idę do do domu.", 8),
        ("en", "*Der Brief*{lang=de} the the.", 26),
    ],
)
def test_words_that_it_does_not(tmp_path: Path, language: str, text: str, column: int) -> None:
    report = found(tmp_path, story(text + "\n", f"language: {language}\n"))
    assert_problems(report, f"037/01-salt.md:6:{column} doubled-word")


@pytest.mark.parametrize(
    ("language", "text", "is_left"),
    [
        *(("es", "TODO ES POSIBLE.", False), ("es", "TODO: ampliar.", True), ("pt-BR", "TODO DIA.", False)),
        *(("de", "Die XXX. Olympiade.", False), ("de", "Band XXX der Werke.", False), ("de", "XXX fehlt.", True)),
        *(("ru", "Том XXX.", False), ("en", "TODO it.", True)),
    ],
)
def test_marks_that_are_words_or_numbers_are_left_alone(
    tmp_path: Path, language: str, text: str, is_left: bool
) -> None:
    report = found(tmp_path, story(text + "\n", f"language: {language}\n"))
    assert [problem.code for problem in report] == ["leftover"] * is_left


def test_the_hint_for_a_dash_is_that_of_the_language(tmp_path: Path) -> None:
    (russian,) = found(tmp_path, story("Хлеб - всему голова.\n", "language: ru\n"))
    assert russian.hint == "type --- between the spaces"


def test_in_languages_nobody_has_looked_at_words_may_be_doubled(tmp_path: Path) -> None:
    assert_problems(found(tmp_path, story("Piano piano piano.\n", "language: it\n")))


# --- What is found ---


def test_leftovers_are_found_in_every_field(tmp_path: Path) -> None:
    report = found(
        tmp_path,
        "---\ntitle: Salt\nauthor: {name: Ana, bio: TK}\npicture: {file: x.jpg, alt: TODO}\n---\n"
        "/// figure\n    file: x.jpg\n    alt: FIXME\nTKTK and TK\n///\n",
        {
            "magazine.yaml": "title: Foundations\ntagline: XXX\n",
            "037/issue.yaml": "number: 37\npublished: 2026-03-20\nback_cover: Lorem ipsum dolor\n",
        },
    )
    assert_problems(
        report,
        "037/01-salt.md:3:26 leftover",
        "037/01-salt.md:4:29 leftover",
        "037/01-salt.md:8:10 leftover",
        "037/01-salt.md:9:1 leftover",
        "037/01-salt.md:9:10 leftover",
        "037/issue.yaml:3:13 leftover",
        "magazine.yaml:2:10 leftover",
    )


def test_covers_and_adverts_need_alt_text_too(tmp_path: Path) -> None:
    report = found(
        tmp_path,
        "---\ntitle: Books\ntype: advert\nadvert: {artwork: x.jpg}\n---\n",
        {"037/issue.yaml": "number: 37\npublished: 2026-03-20\ncover: x.jpg\nback_cover: {picture: x.jpg}\n"},
    )
    assert_problems(
        report,
        "037/01-salt.md:4:10 advert-proportion",
        "037/01-salt.md:4:10 missing-alt",
        "037/issue.yaml:3:1 missing-alt",
        "037/issue.yaml:4:14 missing-alt",
    )


def test_an_event_of_several_days_is_over_after_the_last(tmp_path: Path) -> None:
    report = found(tmp_path, story(fields="event: {date: 2026-03-01, until: 2026-03-20}\n"))
    assert_problems(report)


@pytest.mark.parametrize("issn", ["2049-3630", "0378-5955", "2434-561X", "9990-0378"])
def test_good_issns(issn: str) -> None:
    assert is_issn(issn)


@pytest.mark.parametrize("issn", ["2049-3631", "20493630", "2049-363X", "2049–3630", "", "٢٠٤٩-3630"])
def test_bad_issns(issn: str) -> None:
    assert not is_issn(issn)


@pytest.mark.parametrize(
    "isbn", ["978-0-14-044913-6", "9780140449136", "0-8044-2957-X", "080442957x", "ISBN 978 0 14 044913 6"]
)
def test_good_isbns(isbn: str) -> None:
    assert is_isbn(isbn)


@pytest.mark.parametrize(
    "isbn", ["978-0-14-044913-7", "977-0-14-044913-6", "0-8044-2957-0", "978014044913", "X804429570", ""]
)
def test_bad_isbns(isbn: str) -> None:
    assert not is_isbn(isbn)


@given(st.text(alphabet="0123456789-Xx ", max_size=20))
def test_no_number_makes_them_raise(text: str) -> None:
    is_isbn(text)
    is_issn(text)


# --- The manual ---


MAKERS = ("Problem", "warning", "error", "warn")


def codes_in(tree: ast.AST) -> Iterator[str]:
    """Yield the codes with which a module makes problems.

    A code is written out where the problem is made, or in the second column of the module's table _TRANSLATIONS.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "_TRANSLATIONS":
            assert isinstance(node.value, ast.Tuple)
            yield from (ast.literal_eval(row.elts[1]) for row in node.value.elts if isinstance(row, ast.Tuple))
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        # A preflight's check begins with its code, itself or by way of one that serves two of them; so does trouble.
        begins = {"look": node.args[:1], "_small": node.args[1:2], "StaffTrouble": node.args[:1]}.get(name, [])
        yield from (str(code.value) for code in begins if isinstance(code, ast.Constant))
        if name in MAKERS and len(node.args) > 1:
            code = node.args[1]
            # Makers hand on the code that they were given.
            assert isinstance(code, ast.Constant) or ast.unparse(code) == "code", ast.unparse(node)
            if isinstance(code, ast.Constant):
                yield str(code.value)


def used_codes() -> set[str]:
    trees = [ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")]
    return {code for tree in trees for code in codes_in(tree)} | {ebook.code_of(rule) for rule in ebook.RULES}


def test_every_code_of_the_program_is_explained() -> None:
    assert sorted(code for code in used_codes() if not checks.explain(code)) == []


def test_nothing_is_explained_that_is_never_reported() -> None:
    assert sorted(set(checks.codes()) - used_codes()) == []


def test_no_code_is_explained_twice() -> None:
    assert len(checks.codes()) == len(set(checks.codes()))


def test_an_unknown_code_is_not_explained() -> None:
    assert checks.explain("salt-roads") is None


@pytest.mark.parametrize("check", checks.COPY, ids=lambda check: check.__name__)
def test_a_check_is_called_like_its_code(check: checks.Check) -> None:
    code = check.__name__.replace("_", "-")
    assert code in inspect.getsource(inspect.getmodule(check) or check)
    assert checks.explain(code) == inspect.getdoc(check)


@pytest.mark.parametrize("code", checks.codes())
def test_manual_pages_say_what_it_is_and_what_to_do(code: str) -> None:
    text = checks.explain(code)
    assert text is not None
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert text.strip() == text
    first, _, more = text.partition("\n\n")
    assert first.endswith(".")
    assert len(more) > 20, "after what it is comes what to do"


def two_pages() -> bytes:
    pdf = pikepdf.new()
    for _ in range(2):
        pdf.add_blank_page(page_size=(100, 100))
    pdf.pages[0].obj.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Stamp, AP=pikepdf.Dictionary())])
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_checks_find_each_their_own_code_only(tmp_path: Path) -> None:
    folder = issue_of(
        tmp_path,
        {
            "magazine.yaml": "title: A\nlanguage: ar\nissn: 1\nwords: {kontents: a, by: 'By {'}\n",
            "037/issue.yaml": "number: 36\npublished: 2026-03-20\nbarcode: back\n"
            "adverts: [{client: Z, position: back-cover}]\n",
            "037/01-a.md": story(
                "TK - the the\n\n/// pullquote\nNo\n///\n",
                f"language: en\nstandfirst: {'a ' * 91}\nshort_title: {'a' * 41}\nreview: {{title: A, isbn: 1}}\n"
                "event: {date: 2026-01-02, until: 2026-01-01}\nreprint: {issue: 36}\npicture: x.jpg\n",
            ),
            "037/02-b.md": story(
                "---\na: b\n---\n\nSold:\n- salt\n\n1. Tin\n\n   ```\n   sn\n   ```\n", "type: reprint\n"
            ),
            "037/x.jpg": picture(),
            "037/03-c.md": "---\ntitle: C\ntype: advert\nadvert: {artwork: {file: c.pdf, alt: C}, link: x}\n---\n",
            "037/04-d.md": "---\ntitle: D\ntype: advert\nadvert: quarter\n---\nD.\n",
            "037/c.pdf": two_pages(),
        },
    )
    issue = load(folder, Report())
    assert issue is not None
    for check in checks.COPY:
        assert {problem.code for problem in check(issue)} == {check.__name__.replace("_", "-")}


def test_what_is_a_matter_of_taste_is_a_warning(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, story("Salt - and tin.\n"))
    assert problem.severity is Severity.WARNING
