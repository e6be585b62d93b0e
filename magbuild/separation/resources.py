"""The resources of a content stream: those it names, and those that it needs once it is separated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object

from magbuild.separation.names import dictionary, plain

_DEFAULTS = {"/DefaultGray": "Gray", "/DefaultRGB": "RGB", "/DefaultCMYK": "CMYK"}


@dataclass(slots=True)
class Named:
    """The resources that a stream's names stand for; whatever is broken is as if it weren't there."""

    source: Object | None
    _kinds: dict[str, Any] = field(default_factory=dict)
    _defaults: dict[str, Object] | None = None

    def get(self, kind: str, name: str) -> Any:
        """Return what a name stands for, such as ("/Font", "/F1"); None when it stands for nothing."""
        if kind not in self._kinds:
            found = self.source.get(kind) if isinstance(self.source, Dictionary) else None
            self._kinds[kind] = found if isinstance(found, Dictionary) else Dictionary()
        kinds = self._kinds[kind]
        if name not in kinds:
            return None
        return kinds[name]

    @property
    def defaults(self) -> Mapping[str, Object]:
        """The spaces that stand for DeviceGray, DeviceRGB and DeviceCMYK, by "Gray", "RGB", "CMYK"."""
        if self._defaults is None:
            found = {device: self.get("/ColorSpace", name) for name, device in _DEFAULTS.items()}
            self._defaults = {device: space for device, space in found.items() if isinstance(space, (Array, Name))}
        return self._defaults


@dataclass(slots=True)
class Needed:
    """The resources that a separated stream needs: only what it draws with."""

    _names: dict[str, dict[str, Any]] = field(default_factory=dict)
    _known: dict[tuple[str, Any], str] = field(default_factory=dict)

    def use(self, kind: str, name: str, thing: Any, key: Any) -> Name:
        """Return the name of a resource: `name`, unless that is taken by another; `key` tells two apart."""
        known = self._known.get((kind, key))
        if known is None:
            names = self._names.setdefault(kind, {})
            first = plain(name)
            known, count = first, 1
            while known in names:
                count += 1
                known = f"{first}.{count}"
            names[known] = thing
            self._known[(kind, key)] = known
        return Name(known)

    def has(self, kind: str) -> bool:
        """Whether any resource of a kind is needed."""
        return kind in self._names

    def made(self) -> Dictionary:
        """Return the resources as a PDF has them."""
        return Dictionary({kind: dictionary(names) for kind, names in self._names.items()})
