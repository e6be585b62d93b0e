"""The one exception of picture reading: what is wrong with a file, in an editor's words."""


class UnreadablePicture(ValueError):
    """The picture can't be used; the message names the file and says why in an editor's words."""
