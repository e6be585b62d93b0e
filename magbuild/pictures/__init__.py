"""Picture files come in; what they are, and variants that every edition can take, come out."""

from magbuild.pictures.facts import PictureFacts, examine
from magbuild.pictures.svg import clean_svg
from magbuild.pictures.unreadable import UnreadablePicture
from magbuild.pictures.variants import Variant, for_page, for_screen, of_png, smaller

__all__ = [
    "PictureFacts",
    "UnreadablePicture",
    "Variant",
    "clean_svg",
    "examine",
    "for_page",
    "for_screen",
    "of_png",
    "smaller",
]
