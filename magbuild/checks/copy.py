"""A read issue comes in; problems of its copy come out, before anything is set.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

import html
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from magbuild.load.body import GAP, Block, blocks, place_at, prose, without
from magbuild.model import Issue, fields_to_read
from magbuild.problem import Place, Problem, warning
from magbuild.source import place_in_text

LONGEST_STANDFIRST = 90  # words
LONGEST_SHORT_TITLE = 40  # characters, what a running head holds

_LEFTOVER = re.compile(r"\b(?:TODO|TK(?:TK)*|XXX|FIXME|[Ll]orem ipsum)\b")
# Before a number of a book, which XXX may be; and behind one, as in "XXX. Olympiade".
_NUMBERED = re.compile(
    r"\b(?:chapter|volume|vol\.|book|part|canto|psalm|article|section|kapitel|band|bd\.|teil|artikel|abschnitt"
    r"|chapitre|tome|livre|capítulo|tomo|libro|capitolo|volumen?|hoofdstuk|deel|kapittel|kapitola|rozdział|tom"
    r"|глава|том|часть|розділ|κεφάλαιο|τόμος|ψαλμός)\s+$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\. [^\W\d_]")
# Languages in which TODO is a word; with a colon it is a mark all the same.
_TODO_IS_A_WORD = frozenset({"es", "gl", "pt"})
_DOUBLED = re.compile(r"\b(?P<word>[^\W\d_]{2,})(?:[ \t]+|[ \t]*\n[ \t]*)(?P=word)\b")
_LONE_HYPHEN = re.compile(r"(?<=[^\W\d_]|[,;:.)'\"]) - (?=[^\s|])")
# Words that good prose doubles, too, by language. Where a language isn't listed, nobody has looked yet.
_MAY_DOUBLE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "cs": frozenset({"ano", "moc", "ne", "no", "se", "si", "to", "velmi"}),
        "da": frozenset({"de", "den", "der", "det", "er", "ja", "meget", "nej", "om", "på", "var"}),
        "de": frozenset(
            {
                *("an", "auf", "aus", "das", "dem", "den", "der", "die", "ganz", "ha", "ihm", "ihn", "ihnen", "ihr"),
                *("in", "ja", "lange", "mit", "na", "nach", "nein", "sehr", "sie", "so", "uns", "viel", "viele", "was"),
                *("wer", "zu"),
            }
        ),
        "en": frozenset({"that", "had", "is", "her", "in", "on", "very", "no", "so", "ha", "bye", "tut"}),
        "es": frozenset({"así", "casi", "ja", "luego", "muy", "no", "nos", "sí", "ya"}),
        "fr": frozenset({"bien", "en", "faire", "non", "nous", "oui", "plus", "si", "très", "vous", "ça"}),
        "nb": frozenset({"de", "den", "det", "er", "ja", "meget", "nei", "om", "på", "var", "veldig"}),
        "nl": frozenset(
            {
                *("dat", "die", "er", "haar", "heel", "het", "hem", "hun", "is", "ja", "je", "nee", "was", "we", "ze"),
                *("zeer", "zij"),
            }
        ),
        "pl": frozenset({"bardzo", "co", "nie", "no", "tak", "to"}),
        "pt": frozenset({"já", "logo", "muito", "nos", "não", "quase", "sim"}),
        "ru": frozenset({"вот", "да", "его", "её", "их", "ну", "нет", "очень"}),
        "sv": frozenset({"av", "de", "den", "det", "ja", "länge", "mycket", "nej", "om", "på", "till", "var", "är"}),
        "uk": frozenset({"дуже", "його", "ну", "ні", "так", "її", "їх"}),
    }
)
# A phrase and a paragraph that say their language: their words follow its rules.
_IN_ANOTHER = re.compile(
    r"(?:(?P<sign>\*{1,2}|_)(?:(?!(?P=sign))[^\n]|\n(?!\n))+?(?P=sign)|\[[^\]]*\])\{[^}\n]*\blang=[^}\n]*\}"
    r"|(?:(?<=\n\n)|\A)(?:(?!\n\n)[^\0])+?\n\{:[^}\n]*\blang=[^}\n]*\}"
)


def long_standfirst(issue: Issue) -> Iterator[Problem]:
    """The standfirst has more than 90 words.

    It stands under the title and again on the contents page, where so much text crowds out the others.
    Cut it to what makes somebody begin to read; 30 to 50 words are usual.
    """
    for story in issue.stories:
        words = len(story.front.standfirst.split())
        if words > LONGEST_STANDFIRST:
            message = f"standfirst has {words} words, more than {LONGEST_STANDFIRST}"
            hint = f"cut at least {words - LONGEST_STANDFIRST} of them"
            yield warning(story.place("standfirst"), "long-standfirst", message, hint)


def long_short_title(issue: Issue) -> Iterator[Problem]:
    """The short_title has more than 40 characters.

    It is the running head, which has one short line beside the folio. Name the story as one does in a talk:
    "Salt" for "The Long Road of Salt through the Empire and Back Again".
    """
    for story in issue.stories:
        length = len(story.front.short_title)
        if length > LONGEST_SHORT_TITLE:
            message = f"short_title has {length} characters, more than {LONGEST_SHORT_TITLE}"
            hint = "keep only the words by which people will call the story"
            yield warning(story.place("short_title"), "long-short-title", message, hint)


def doubled_word(issue: Issue) -> Iterator[Problem]:
    """A word stands twice in a row, perhaps across the end of a line, where eyes skip it.

    Delete one of the two. Words that are doubled in good prose ("that that", "sie sie", "nous nous") are left alone,
    and so are verse and phrases in another language.
    """
    for story in issue.stories:
        allowed = _MAY_DOUBLE.get(_base(story.front.language))
        if allowed is None:
            continue
        own = _IN_ANOTHER.sub(lambda found: re.sub(r"[^\n]", GAP, found[0]), without(story.body, "verse"))
        for found in _DOUBLED.finditer(prose(own)):
            if found["word"].casefold() not in allowed:
                place = place_at(story, found.end() - len(found["word"]))
                yield warning(place, "doubled-word", f"'{found['word']}' stands twice", "delete one of the two")


def leftover(issue: Issue) -> Iterator[Problem]:
    """TODO, TK, XXX, FIXME or lorem ipsum was left in the copy.

    These marks stand for text that is still to come. Write it, or take the mark out. In a comment,
    `<!-- TODO -->`, they do no harm and aren't reported.
    """
    for text, place in fields_to_read(issue):
        for found in _leftovers(text, issue.magazine.language):
            yield _left(found[0], place_in_text(text, found.start(), place))
    for story in issue.stories:
        for found in _leftovers(prose(story.body), story.front.language):
            yield _left(found[0], place_at(story, found.start()))


def _leftovers(text: str, language: str) -> Iterator[re.Match[str]]:
    for found in _LEFTOVER.finditer(text):
        is_number = _NUMBERED.search(text[: found.start()][-20:]) or _ORDINAL.match(text, found.end())
        is_word = _base(language) in _TODO_IS_A_WORD and text[found.end() : found.end() + 1] != ":"
        if not ((found[0] == "XXX" and is_number) or (found[0] == "TODO" and is_word)):
            yield found


def _base(language: str) -> str:
    """Return the language that rules are for, of a code."""
    base = language.partition("-")[0].casefold()
    return "nb" if base == "no" else base


def _left(mark: str, place: Place) -> Problem:
    return warning(place, "leftover", f"'{mark}' was left in the copy", "write what should stand here, or take it out")


def hyphen_for_dash(issue: Issue) -> Iterator[Problem]:
    """A hyphen stands between two spaces, where a dash is meant.

    Type two hyphens for an en dash, or three for an em dash: without spaces in English, with spaces in Russian and
    Ukrainian.
    """
    for story in issue.stories:
        spaced = _base(story.front.language) in ("ru", "uk")
        hint = "type --- between the spaces" if spaced else "type -- between the spaces, or --- without spaces"
        for found in _LONE_HYPHEN.finditer(prose(story.body)):
            place = place_at(story, found.start() + 1)
            yield warning(place, "hyphen-for-dash", "a hyphen stands for a dash", hint)


def pullquote_not_in_story(issue: Issue) -> Iterator[Problem]:
    """A pull quote can't be found in its story word for word.

    Readers look for the sentence and don't find it; mostly the story was edited afterwards. Copy it anew from
    the story. Case, punctuation and emphasis may differ, and "..." may stand for words that are left out.
    """
    for story in issue.stories:
        told = f" {' '.join(_words(without(story.body, 'pullquote')))} "
        for block in blocks(story):
            if block.kind == "pullquote" and not _is_quoted_from(block, told):
                message = "the pull quote isn't in the story word for word"
                hint = "copy the sentence again from the story"
                yield warning(block.text_place, "pullquote-not-in-story", message, hint)


def _is_quoted_from(block: Block, told: str) -> bool:
    # A last paragraph that begins with a dash says whose words these are.
    quote = re.split(r"\n\s*\n\s*(?:—|--)", block.text)[0]
    at = 0
    for piece in re.split(r"\[?(?:…|\.\.\.)\]?", quote):
        words = " ".join(_words(piece))
        at = told.find(f" {words} ", at) if words else at
        if at < 0:
            return False
    return True


def _words(text: str) -> list[str]:
    """Return what is left of Markdown when only words count."""
    spoken = prose(re.sub(r"<[^>\n]+>", " ", html.unescape(text))).replace(GAP, "")
    return re.findall(r"[^\W_]+", re.sub(r"['’\u00ad*_]", "", spoken).casefold())


def missing_alt(issue: Issue) -> Iterator[Problem]:
    """A picture, a cover or an advert has no words for people who can't see it.

    They are read aloud in the e-book and in the screen PDF, and shops ask whether they are there. Write into
    `alt` what the picture shows and what it is there for, in a sentence or two; for a chart, its numbers. A drawing
    typed into the text (`<svg>`) says it in a `<title>`.
    The screen PDF doesn't claim to be accessible (PDF/UA) while one is missing.
    """
    # Pictures in a story's text are looked at where it is read, by manuscript.
    for story in issue.stories:
        front = story.front
        if front.picture and not front.picture.alt:
            yield _without_alt(front.picture.file, story.place("picture", "file"))
        for number, person in enumerate(front.author):
            if person.portrait and not person.portrait.alt:
                yield _without_alt(person.portrait.file, story.place("author", number, "portrait", "file"))
        artwork = front.advert.artwork if front.advert else None
        if artwork and not artwork.alt:
            yield _without_alt(artwork.file, story.place("advert", "artwork", "file"))
    for name, cover in (("cover", issue.sheet.cover), ("back_cover", issue.sheet.back_cover)):
        if cover.picture and not cover.alt:
            yield _without_alt(cover.picture, issue.place(name, "picture"))


def _without_alt(file: str, place: Place) -> Problem:
    hint = "write beside it, after alt:, what it shows to someone who can't see it"
    return warning(place, "missing-alt", f"'{file}' has no alt text", hint)
