"""Typographic punctuation: quotation marks by language, apostrophes, dashes and French spaces."""

import pytest

from tests.unit.manuscript_kit import body_of, read

THIN = "\u202f"


def set_in(language: str, text: str) -> str:
    """Return a paragraph's text with narrow spaces shown as a dot."""
    body, report = read(text, language)
    assert not len(report)
    return body.body.removeprefix("<p>").removesuffix("</p>").replace(THIN, "·")


@pytest.mark.parametrize(
    ("language", "made"),
    [
        ("en", "“a ‘b’ c”"),
        ("en-US", "“a ‘b’ c”"),
        ("en-GB", "“a ‘b’ c”"),
        ("de", "„a ‚b‘ c“"),
        ("de-CH", "«a ‹b› c»"),
        ("fr", "«·a “b” c·»"),
        ("es", "«a “b” c»"),
        ("it", "«a “b” c»"),
        ("pt", "«a “b” c»"),
        ("pt-BR", "“a ‘b’ c”"),
        ("nl", "“a ‘b’ c”"),
        ("pl", "„a «b» c”"),
        ("sv", "”a ’b’ c”"),
        ("da", "»a ›b‹ c«"),
        ("nb", "«a ‘b’ c»"),
        ("fi", "”a ’b’ c”"),
        ("cs", "„a ‚b‘ c“"),
        ("hu", "„a »b« c”"),
        ("ru", "«a „b“ c»"),
        ("eo", "“a ‘b’ c”"),
    ],
)
def test_quotation_marks_of_a_language(language: str, made: str) -> None:
    assert set_in(language, "\"a 'b' c\"").replace("\u00a0", " ") == made


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("'Tis so, 'twas said", "’Tis so, ’twas said"),
        ("rock 'n' roll", "rock ’n’ roll"),
        ("the 1990s' end, the '60s, '68 and '17th' century", "the 1990s’ end, the ’60s, ’68 and ‘17th’ century"),
        ("the workers' own affair", "the workers’ own affair"),
        ("'the workers' own affair', he wrote", "‘the workers’ own affair’, he wrote"),
        ("'I don't know,' she said, 'O'Brien.'", "‘I don’t know,’ she said, ‘O’Brien.’"),
        ("'I'm 'ere,' she said", "‘I’m ’ere,’ she said"),
        ("'In the '60s' it was called", "‘In the ’60s’ it was called"),
        ("Jones' 'book' and the boss's", "Jones’ ‘book’ and the boss’s"),
        ("\"'Yes,' he said,\" she wrote", "“‘Yes,’ he said,” she wrote"),
        ("'He said \"yes\"', she wrote", "‘He said “yes”’, she wrote"),
        ('("a") ["b"] "c"-"d" "e"/"f" "g"--"h"', "(“a”) [“b”] “c”-“d” “e”/“f” “g”–“h”"),
        ('"But--" he said', "“But–” he said"),
        ('"...so" and "well..."', "“…so” and “well…”"),
        ('"A first paragraph', "“A first paragraph"),
        ('say " so " loosely', "say “ so ” loosely"),
        ('In "1917" and "the 1990s"', "In “1917” and “the 1990s”"),
        ('a 12" record, 6\'2" tall', "a 12″ record, 6′2″ tall"),
        ("1917--1923 -- and --- so... Then. . .", "1917–1923 – and — so… Then…"),
        ("a----b .....", "a----b ....."),
        (r"\"a\" b\-\-c d\...", '"a" b--c d...'),
        (
            "see http://x.example/a--b...c'd'e and a--b@x.example",
            "see http://x.example/a--b...c'd'e and a--b@x.example",
        ),
    ],
)
def test_english(typed: str, made: str) -> None:
    assert set_in("en", typed) == made


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ('Vous! Qui? Ah; non: "Oui!"', "Vous·! Qui·? Ah·; non·: «·Oui·!·»"),
        ("Vous ! Qui ?", "Vous·! Qui·?"),
        ("« mot » et «mot»", "«·mot·» et «·mot·»"),
        (
            "L'homme d'\"Unité\" à 12:30, voir http://x.example:80/?a",
            "L’homme d’«·Unité·» à 12:30, voir http://x.example:80/?a",
        ),
        ("Quoi ?! (?)", "Quoi·?! (?)"),
    ],
)
def test_french_spaces(typed: str, made: str) -> None:
    assert set_in("fr", typed) == made


def test_french_of_canada_has_spaces_in_its_quotation_marks_only() -> None:
    assert set_in("fr-CA", '"Mot"! Qui?') == "«·Mot·»! Qui?"


@pytest.mark.parametrize(
    ("language", "typed", "made"),
    [
        ("de", "'ne Frage, wie geht's?", "’ne Frage, wie geht’s?"),
        ("nl", "'s avonds in '68 zei hij 'nee'", "’s avonds in ’68 zei hij ‘nee’"),
        ("it", "l'\"Unità\" e la 'ndrangheta", "l’«Unità» e la ’ndrangheta"),
        ("es", '¿"que"? ¡"no"!', "¿«que»? ¡«no»!"),
    ],
)
def test_apostrophes_of_other_languages(language: str, typed: str, made: str) -> None:
    assert set_in(language, typed) == made


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ('"*a* b"', "“<em>a</em> b”"),
        ('*"a"* b', "<em>“a”</em> b"),
        ("'*What Is to Be Done?*' in", "‘<em>What Is to Be Done?</em>’ in"),
        ("the *Pravda*'s editor", "the <em>Pravda</em>’s editor"),
        ('"`a "b"` c"', '“<code>a "b"</code> c”'),
        ('**b**"a"', "<strong>b</strong>”a”"),
    ],
)
def test_marks_across_markup(typed: str, made: str) -> None:
    assert set_in("en", typed) == made


def test_phrases_have_the_marks_of_their_language() -> None:
    assert set_in("en", 'He: *"Ja"*{lang=de}, "*nein*{lang=de}"') == (
        'He: <em lang="de">„Ja“</em>, “<em lang="de">nein</em>”'
    )


def test_transliterated_words_have_the_marks_of_the_text_around_them() -> None:
    assert set_in("en", '*"Iskra"*{lang=ru-Latn}') == '<em lang="ru-Latn">“Iskra”</em>'


def test_each_paragraph_begins_anew() -> None:
    assert body_of('"a\n\n"b"\n\n- "c"\n- "d"') == "<p>“a</p>\n<p>“b”</p>\n<ul><li>“c”</li><li>“d”</li></ul>"


def test_titles_and_alternatives_are_set_too() -> None:
    assert 'alt="“a” – b"' in body_of("c ![''\"a\" -- b](d.jpg)".replace("''", ""))


def test_entities_of_quotation_marks_stay_straight() -> None:
    assert set_in("en", "6&#39; 2&quot;") == "6' 2\""


# --- Words that stay together ---


@pytest.mark.parametrize(
    ("language", "typed", "made"),
    [
        ("cs", "V lese i u vody, k\nnám a s „tebou“.", "V~lese i~u~vody, k~nám a~s~„tebou“."),
        ("pl", 'W domu i z "nim" o tym.', "W~domu i~z~„nim” o~tym."),
        ("ru", "В лесу и у реки -- о том.", "В~лесу и~у~реки~– о~том."),
        ("ru", "Хлеб --- всему голова, А. С. Пушкин.", "Хлеб~— всему голова, А. С. Пушкин."),
        ("uk", "У лісі й у полі --- з нами.", "У~лісі й~у~полі~— з~нами."),
        ("de", "Ein a b -- ja.", "Ein a b – ja."),
        ("de", "Er sagt -- er singt --, dass.", "Er sagt – er singt~–, dass."),
        ("en", "I am a man -- yes.", "I am a man – yes."),
        ("cs", "Plán A. A [a b]{lang=en} z.", 'Plán A. A~<span lang="en">a b</span> z.'),
        ("ru", "1900 -- 1910", "1900 – 1910"),
    ],
)
def test_short_words_and_dashes_stay_with_their_neighbours(language: str, typed: str, made: str) -> None:
    assert set_in(language, typed) == made.replace("~", "\u00a0")
