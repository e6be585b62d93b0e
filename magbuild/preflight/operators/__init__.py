"""All operators of content streams that paint or change how things are painted, by their names."""

from magbuild.preflight.content import Operators
from magbuild.preflight.operators import colour, paths, placing, settings, text

OPERATORS: Operators = {
    **settings.OPERATORS,
    **colour.OPERATORS,
    **paths.OPERATORS,
    **text.OPERATORS,
    **placing.OPERATORS,
}
