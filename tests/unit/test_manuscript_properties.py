"""What holds for any text at all: nothing raises, nothing is lost, the tree is well-formed and safe."""

import re
import time
from collections import Counter
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from magbuild.manuscript import Manuscript, set_line, set_text
from magbuild.problem import Report
from tests.unit.manuscript_kit import read

SIGNS = (
    *(
        "*",
        "**",
        "_",
        "`",
        "``",
        "```\n",
        "~~~\n",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "> ",
        "- ",
        "1. ",
        "1917. ",
        "# ",
        "## ",
    ),
    *("#### ", "---", "***", "\n===\n", "|", "\n|--|--|\n", "[", "]", "(", ")", "](", "][", "![", "[^", "]:", "[^1]"),
    *("\n[^1]: ", "\n[x]: http://e.example\n", "\n*[", "<", ">", "</", "/>", "\\", "\\*", "\\<", "{", "}", "{.c}"),
    *(
        "{#i}",
        "{lang=fr}",
        "\n{: .c }\n",
        "{.page}",
        "&amp;",
        "&lt;",
        "&#60;",
        "&foo;",
        "&",
        "'",
        '"',
        "--",
        "...",
        "\n: ",
    ),
    *(
        "///",
        "\n/// pullquote\n",
        "\n/// sidebar | T\n",
        "\n/// figure\n    file: a.jpg\n    alt: b\n",
        "\n/// verse\n",
    ),
    *(
        "\n/// interview\n",
        "\n/// filler\n",
        "\n///\n",
        "\n////\n",
        "\n/// nonsense\n",
        "\x00",
        "\x02",
        "\x03",
        "\ufdd0",
    ),
    *(
        "\ufde3",
        "\ufffe",
        "\u2028",
        "\r",
        "é",
        "日本",
        "😀",
        "http://e.example/",
        "<http://e.example>",
        "<a@b.example>",
    ),
    *("(javascript:x)", "(05-before-the-state.md)", "(http://x.example/z)", "(x.png)", "klzzwxh:0000", "wzxhzdk:0"),
)
TAGS = (
    *(
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i onclick=x>",
        "<a href='x'>",
        "</a>",
        "<table>",
        "<tr>",
        "<td>",
    ),
    *("</td>", "</table>", "<ul>", "<li>", "</ul>", "<svg>", "</svg>", "<path/>", "<math>", "</math>", "<mi>", "<pre>"),
    *("</pre>", "<code>", "</code>", "<br>", "<hr>", "<img src=x onerror=y>", "<div markdown='1'>", "<foo>", "</foo>"),
    *("<o:p>", "<?", "<![CDATA[", "]]>", "<form>", "<object>", "</object>", "<h2>", "</h2>", "<dl>", "<dd>"),
)
HIDING = (
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<iframe src=x>",
    "<!--",
    "-->",
    "<input value=y>",
    "<a href='javascript:x'>",
)


@st.composite
def soup(draw: st.DrawFn, signs: tuple[str, ...]) -> tuple[str, list[str]]:
    """Return Markdown of any kind, and the words in it, which are all different."""
    parts: list[str] = []
    words: list[str] = []
    for sign in draw(st.lists(st.sampled_from(("word", "word ", *signs)), max_size=40)):
        if sign.startswith("word"):
            words.append(f"w{len(words)}x")
            parts.append(words[-1] + sign[4:])
        else:
            parts.append(sign)
    return "".join(parts), words


def tree_of(manuscript: Manuscript) -> Element:
    return fromstring(f"<story>{manuscript.body}{manuscript.notes}</story>")


def assert_safe(tree: Element) -> None:
    for element in tree.iter():
        name = element.tag.rpartition("}")[2]
        assert name not in ("script", "style", "iframe", "object", "embed", "form", "input", "link", "meta", "base")
        assert not name.startswith("x-")
        for attribute, value in element.attrib.items():
            assert not attribute.lower().startswith("on")
            assert not attribute.startswith("x-")
            if attribute in ("href", "src"):
                assert re.match(r"(#|https?:|mailto:|tel:|story:)", value) or ":" not in value
            assert "url(http" not in value


def assert_tied(tree: Element) -> None:
    """Check that ids are there once and that all links inside the story have a target."""
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    assert not [name for name, count in ids.items() if count > 1]
    for link in tree.iter("a"):
        href = link.get("href", "")
        assert not href.startswith("#") or href[1:] in ids


def everything(tree: Element, report: Report) -> str:
    """Return all that a reader or the editor gets to see."""
    texts = ["".join(tree.itertext())]
    texts += [value for element in tree.iter() for value in element.attrib.values()]
    return " ".join([*texts, *(f"{problem.message} {problem.hint}" for problem in report)])


calm = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@calm
@given(soup(SIGNS + TAGS), st.sampled_from(["en", "fr", "de"]))
def test_no_word_is_lost(typed: tuple[str, list[str]], language: str) -> None:
    body, words = typed
    manuscript, report = read(body, language)
    tree = tree_of(manuscript)
    seen = everything(tree, report)
    assert [word for word in words if word not in seen] == []
    assert_safe(tree)
    assert_tied(tree)


@calm
@given(soup(SIGNS + TAGS + HIDING))
def test_nothing_unsafe_stays(typed: tuple[str, list[str]]) -> None:
    manuscript, _ = read(typed[0])
    tree = tree_of(manuscript)
    assert_safe(tree)
    assert_tied(tree)
    assert not re.search("[\ufdd0-\ufdef\x00-\x08]", manuscript.body + manuscript.notes)


@calm
@given(st.text(max_size=300))
def test_any_text_gives_a_tree(text: str) -> None:
    manuscript, report = read(text)
    seen = everything(tree_of(manuscript), report)
    for word in re.findall(r"[a-z]{4,}", text):
        assert word in seen


@calm
@given(soup(SIGNS + TAGS + HIDING))
def test_the_same_text_gives_the_same_tree(typed: tuple[str, list[str]]) -> None:
    first, second = read(typed[0]), read(typed[0])
    assert first[0] == second[0]
    assert list(first[1]) == list(second[1])


@calm
@given(soup(SIGNS + TAGS + HIDING))
def test_places_lie_in_the_file(typed: tuple[str, list[str]]) -> None:
    lines = re.split(r"\r\n?|\n", typed[0])
    for problem in read(typed[0])[1]:
        assert problem.place.line is not None
        assert problem.place.column is not None
        assert 5 <= problem.place.line < 5 + len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 5]) + 1


@calm
@given(soup(SIGNS + TAGS), st.sampled_from(["en", "fr"]))
def test_lines_and_texts_lose_nothing_either(typed: tuple[str, list[str]], language: str) -> None:
    # Behind such signs words may be a name, an address or the head of a block.
    named = r"[\[\](<{:=&'\"/]\s*(?:w\d+x)*"
    visible = [word for word in typed[1] if not re.search(rf"{named}{word}|{word}\s*[\](>}}:=]", typed[0])]
    for set_it in (set_line, set_text):
        tree = fromstring(f"<line>{set_it(typed[0], language)}</line>")
        assert_safe(tree)
        assert not [element for element in tree.iter() if element.get("id")]
        shown = "".join(tree.itertext()) + str([element.attrib for element in tree.iter()])
        if not re.search(r"[\[\]<{&(]", typed[0]):
            assert [word for word in visible if word not in shown] == []


WORDS = st.text(alphabet="abcdefgh", min_size=1, max_size=8)
MARKS = st.sampled_from(
    ["'", '"', "--", "---", "...", "? ", "; ", ": ", " ", "'s ", "s' ", "« ", " »", "(", ")", "*", "`"]
)


@calm
@given(st.lists(st.one_of(WORDS, MARKS), max_size=40).map("".join), st.sampled_from(["en", "fr", "de", "sv", "hu"]))
def test_punctuation_changes_no_letter(text: str, language: str) -> None:
    body = "".join(tree_of(read(text, language)[0]).itertext())
    assert re.sub(r"[^a-h]", "", body) == re.sub(r"[^a-h]", "", text)


@pytest.mark.parametrize(
    "typed",
    [
        "> " * 2000 + "a",
        "[" * 1500,
        "*a **b " * 1500,
        "'a \"b " * 1500,
        "<b>" * 1500,
        "<div>\n" * 1500,
        "<script>\n\n" * 800,
        "<!--\n\n" * 1500,
        "\n".join("    " * depth + "- a" for depth in range(250)),
        "/// sidebar\n" * 300,
        "{.a} " * 2000,
        "a\n: b\n" * 300,
        "".join(f"[^{n}] " for n in range(400)) + "\n\n" + "\n".join(f"[^{n}]: x" for n in range(400)),
    ],
    ids=lambda typed: typed[:12],
)
def test_hostile_texts_are_read_in_time(typed: str) -> None:
    began = time.perf_counter()
    manuscript, _ = read(typed)
    tree_of(manuscript)
    assert time.perf_counter() - began < 10


def test_three_thousand_words_are_read_at_once() -> None:
    paragraph = 'The *workers\'* "own" affair -- and [a link](https://x.example), `code` and a note.[^1] ' * 6
    body = f"## Head\n\n{paragraph}\n\n" * 48 + "[^1]: A note."
    read(body)
    began = time.perf_counter()
    manuscript, _ = read(body)
    assert manuscript.words > 3000
    assert time.perf_counter() - began < 1  # a tenth of it, on an idle machine
