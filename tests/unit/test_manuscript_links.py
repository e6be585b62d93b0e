"""Links: to stories and to the world, and those that lead nowhere."""

import pytest

from tests.unit.manuscript_kit import body_of, clean, hints, read, said


def test_links_to_stories() -> None:
    manuscript = clean("[a](05-before-the-state.md) [*b*](./05-before-the-state.md){.page} [](05-before-the-state.md)")
    href = 'href="story:before-the-state"'
    assert manuscript.body == (
        f'<p><a class="story-link" {href}>a</a> <a class="story-link page" {href}><em>b</em></a> '
        f'<a class="story-link page only" {href}></a></p>'
    )
    assert manuscript.links == ("story:before-the-state",)


def test_links_to_spots_of_stories() -> None:
    assert clean("[a](05-before-the-state.md#the-town) [b](08-1917.md#x)").links == (
        "story:before-the-state#before-the-state--the-town",
        "story:1917#_1917--x",
    )


def test_links_to_spots_of_the_same_story() -> None:
    assert body_of("[a](#who) [b](#here)\n\n## Who?\n\nThere.\n\n*c*{#here}").startswith(
        '<p><a href="#salt--who">a</a> <a href="#salt--here">b</a></p>'
    )
    body = "[a](#woh)\n\n## Who"
    assert said(body, "5:5 unknown-anchor").body.startswith("<p>a</p>")
    assert hints(body) == ["did you mean '#who'?"]


def test_spots_marked_the_old_way() -> None:
    assert body_of('See <a name="here">it</a> and [there](#here).') == (
        '<p>See <span id="salt--here">it</span> and <a href="#salt--here">there</a>.</p>'
    )


def test_a_story_that_is_not_there() -> None:
    body = "See [a *b*](05-befor-the-state.md) and [c](before-the-state)."
    assert said(body, "5:13 unknown-story", "5:44 unknown-story").body == "<p>See a <em>b</em> and c.</p>"
    assert hints(body) == ["did you mean '05-before-the-state.md'?"] * 2


def test_a_host_without_a_scheme() -> None:
    body = "[a](www.x.example) [b](foundations.org/shop)"
    said(body, "5:5 bad-link", "5:24 bad-link")
    assert hints(body)[1] == "did you mean 'https://foundations.org/shop'?"


def test_links_to_the_world() -> None:
    manuscript = clean(
        "[a](https://x.example/a b--c?d=1&e=2) <https://y.example/f> <me@z.example> [b](mailto:me@z.example) [c][1]\n\n"
        '[1]: http://w.example "A title"'
    )
    assert manuscript.body == (
        '<p><a href="https://x.example/a%20b--c?d=1&amp;e=2">a</a> '
        '<a href="https://y.example/f">https://y.example/f</a> '
        '<a href="mailto:me@z.example">me@z.example</a> <a href="mailto:me@z.example">b</a> '
        '<a title="A title" href="http://w.example">c</a></p>'
    )
    assert manuscript.links[0] == "https://x.example/a%20b--c?d=1&e=2"


def test_a_link_without_text_shows_its_address() -> None:
    assert body_of("[](https://x.example/)") == '<p><a href="https://x.example/">x.example</a></p>'


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:x",
        "javascript&colon;x",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "ftp://x.example",
    ],
)
def test_unsafe_links_become_text(address: str) -> None:
    assert said(f"See [this *one*]({address}).", "5:18 unsafe-link").body == "<p>See this <em>one</em>.</p>"
    assert read(f'<a href=" {address}">a</a>')[0].body == "<p>a</p>"
    assert read(f"[a][b]\n\n[b]: <{address}>")[0].links == ()


def test_an_autolink_is_judged_as_well() -> None:
    said("a <javascript://x>", "5:4 unsafe-link")


def test_addresses_that_are_none() -> None:
    said("[a](http://) [b]() [c](https://[x)", "5:5 bad-link", "5:18 empty-link", "5:24 bad-link")


def test_an_unfinished_link_is_told_and_printed() -> None:
    assert said("See [this](https://x.example and more.", "5:10 broken-link").body == (
        "<p>See [this](https://x.example and more.</p>"
    )
    assert "[b](c(’(d" in said("a [b](c('(d", "5:5 broken-link").body


def test_links_by_a_name() -> None:
    body = "[a][lih] and [b][lhi]\n\n[lih]: https://x.example"
    said(body, "5:14 unknown-link")
    assert hints(body) == ["did you mean 'lih'?"]
    said("a\n\n[lih]: https://x.example", "7:8 unused-link")


def test_links_in_links() -> None:
    assert body_of('<a href="https://a.example">a [b](https://b.example) c</a>') == (
        '<p><a href="https://a.example">a b c</a></p>'
    )


def test_an_empty_anchor_is_put_on_its_paragraph() -> None:
    assert body_of('<a id="x"></a>Salt. [a](#x)') == '<p id="salt--x">Salt. <a href="#salt--x">a</a></p>'


def test_an_id_given_twice() -> None:
    assert said("*a*{#x} *b*{#x}", "5:12 double-id").body == '<p><em id="salt--x">a</em> <em>b</em></p>'
