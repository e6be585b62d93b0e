"""Colours by their measured values: XYZ and Lab to and from sRGB, lightness, and the tones of grey."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# ICC.1: the connection space is that of D50; and D65 is the white of sRGB (IEC 61966-2-1).
D50 = np.array([0.9642, 1.0, 0.8249])
_TO_D50 = np.array(  # sRGB in linear light to XYZ, adapted from D65 to D50 after Bradford
    [[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]]
)
_FROM_D50 = np.linalg.inv(_TO_D50)
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
# CIE 15: below this share the cube root is replaced by a straight line.
_EPSILON, _KAPPA = 216 / 24389, 24389 / 27


def luminance_of_rgb(rgb: Floats) -> Floats:
    """Return the luminance (white is 1) of sRGB colours, one in each row, 0 to 1."""
    found: Floats = linear(rgb) @ np.array([0.2126, 0.7152, 0.0722])
    return found


def linear(rgb: Floats) -> Floats:
    """Undo the tone curve of sRGB (IEC 61966-2-1)."""
    rgb = np.clip(rgb, 0.0, 1.0)
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def luminance_of_lightness(lightness: Floats) -> Floats:
    """Return the luminance (white is 1) of CIE lightnesses, 0 to 100."""
    return _from_cube((np.asarray(lightness, dtype=float) + 16) / 116)


def lab_of_xyz(xyz: Floats) -> Floats:
    """Return the Lab values of XYZ rows, both under D50."""
    share = np.maximum(xyz, 0.0) / D50
    cube = np.where(share > _EPSILON, np.cbrt(share), (_KAPPA * share + 16) / 116)
    x, y, z = cube[..., 0], cube[..., 1], cube[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def xyz_of_lab(lab: Floats, white: Floats = D50) -> Floats:
    """Return the XYZ values of Lab rows under a white."""
    y = (lab[..., 0] + 16) / 116
    x, z = y + lab[..., 1] / 500, y - lab[..., 2] / 200
    found: Floats = _from_cube(np.stack([x, y, z], axis=-1)) * white
    return found


def _from_cube(cube: Floats) -> Floats:
    return np.where(cube**3 > _EPSILON, cube**3, (116 * cube - 16) / _KAPPA)


def adapted(xyz: Floats, white: Floats) -> Floats:
    """Return XYZ rows seen under `white` as they are under D50 (Bradford)."""
    gain = (_BRADFORD @ D50) / (_BRADFORD @ white)
    found: Floats = xyz @ (np.linalg.inv(_BRADFORD) @ np.diag(gain) @ _BRADFORD).T
    return found


def rgb_of_xyz(xyz: Floats) -> Floats:
    """Return the sRGB colours, 0 to 1, nearest to XYZ rows under D50."""
    light = np.clip(xyz @ _FROM_D50.T, 0.0, 1.0)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def rgb_of_lab(lab: Floats) -> Floats:
    """Return the sRGB colours, 0 to 1, nearest to Lab rows under D50."""
    return rgb_of_xyz(xyz_of_lab(lab))
