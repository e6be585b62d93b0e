"""The logical structure of a galley: its HTML and its content on pages come in, what screen readers walk comes out.

The elements are the standard ones of ISO 32000-1, 14.8.4, put together as PDF/UA-1 (ISO 14289-1) asks for.
"""

from magbuild.structure.content import Content, Node, Part, Piece
from magbuild.structure.kinds import is_unread, words_of
from magbuild.structure.tree import structure

__all__ = ["Content", "Node", "Part", "Piece", "is_unread", "structure", "words_of"]
