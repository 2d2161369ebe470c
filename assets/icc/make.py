#!/usr/bin/env python3
"""Makes the two output profiles beside this file; README.md says what they are.

Needs numpy (2.x), and for `coated.icc` the original from Debian's package scribus-data:

    apt-get download scribus-data && dpkg-deb -x scribus-data_*.deb unpacked
    python3 make.py unpacked/usr/share/scribus/profiles/ISOcoated_v2_300_bas.icc
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

import icc
import uncoated
from icc import Lut

HERE = Path(__file__).parent
Colours = Callable[[np.ndarray], np.ndarray]
COATED_NAME = "ISO Coated v2 300% (basICColor) - compact, altered"
COATED_NOTICE = (
    "Copyright (c) 2007-2010 basICColor GmbH, zlib licence. Altered: tables made smaller for ocop-stamp, not the "
    "original profile. Original: basICColor CMYKick v1.2 - Copyright (c) 2006-2007 Color Solutions."
)
UNCOATED_NAME = "OCOP uncoated (model)"
UNCOATED_NOTICE = "CC0 1.0: no rights reserved. Computed from a model, not measured."

# Nodes each axis. The table a proof is made with keeps all nodes of the original.
FORWARD_NODES = {"A2B0": 7, "A2B1": 11, "A2B2": 7}
# 17 intervals divide 255, so white (255, 128, 128 in 8-bit Lab) falls on a node of the inverse tables.
INVERSE_NODES = 18
# 8-bit a and b → place in the grid: printable colours get the most of it.
INVERSE_CURVE = ([0, 48, 128, 223, 255], [0, 15, 135, 240, 255])
# From the legacy 16-bit encoding of Lab, where 0xFF00 is 100, to 0 to 1.
LEGACY = 65535 / 0xFF00


def coated(original: bytes) -> bytes:
    tags = icc.tags_of(original)
    tables = {name: forward(icc.read_lut16(tags[name]), points) for name, points in FORWARD_NODES.items()}
    tables |= {name: inverse(icc.read_lut16(tags[name])) for name in ("B2A0", "B2A1", "B2A2", "gamt")}
    return written(COATED_NAME, COATED_NOTICE, tags["wtpt"], tables)


def forward(original: Lut, points: int) -> Lut:
    """CMYK to Lab, with fewer nodes and 8 bits."""
    nodes = icc.interpolate(original.nodes, icc.grid(4, points))
    lab = icc.curves(original.out, nodes) * LEGACY
    return Lut(original.into, lab.reshape((points,) * 4 + (3,)), icc.straight(3))


def inverse(original: Lut) -> Lut:
    """Lab to CMYK, or to the gamut mark."""
    return inverse_of(lambda lab: original(lab / LEGACY))


def inverse_of(function: Colours) -> Lut:
    """A table with the values of a function of encoded Lab at the nodes."""
    codes, places = INVERSE_CURVE
    at = icc.grid(3, INVERSE_NODES)
    chroma = np.interp(at[:, 1:] * 255, places, codes) / 255
    values = function(np.column_stack([at[:, 0], chroma]))
    bent = np.interp(np.arange(256), codes, places) / 255
    into = np.stack([np.linspace(0, 1, 256), bent, bent])
    return Lut(into, values.reshape((INVERSE_NODES,) * 3 + (-1,)), icc.straight(values.shape[1]))


def uncoated_profile() -> bytes:
    relative = forward_of(uncoated.relative_lab, FORWARD_NODES["A2B1"])
    perceptual = forward_of(uncoated.perceptual_lab, FORWARD_NODES["A2B0"])
    exact = inverse_of(lambda lab: uncoated.separation(decoded(lab)))
    mapped = inverse_of(lambda lab: uncoated.separation(uncoated.within_black(decoded(lab))))
    gamut = inverse_of(lambda lab: uncoated.out_of_gamut(decoded(lab)))
    tables = {"A2B0": perceptual, "A2B1": relative, "A2B2": perceptual}
    tables |= {"B2A0": mapped, "B2A1": exact, "B2A2": mapped, "gamt": gamut}
    return written(UNCOATED_NAME, UNCOATED_NOTICE, icc.xyz(uncoated.PAPER), tables)


def forward_of(function: Colours, points: int) -> Lut:
    """A table with the values of a function of tone values at the nodes."""
    at = icc.grid(4, points)
    tones = np.stack([np.interp(column, curve, uncoated.TONES) for column, curve in zip(at.T, uncoated.LEADING)], 1)
    return Lut(uncoated.LEADING, encoded(function(tones)).reshape((points,) * 4 + (3,)), icc.straight(3))


def encoded(lab: np.ndarray) -> np.ndarray:
    return (lab + [0, 128, 128]) / [100, 255, 255]


def decoded(lab: np.ndarray) -> np.ndarray:
    return lab * [100, 255, 255] - [0, 128, 128]


def written(name: str, notice: str, white: bytes, tables: dict[str, Lut]) -> bytes:
    about = {"desc": icc.description(name), "cprt": icc.text(notice), "wtpt": white}
    return icc.profile(about | {tag: icc.lut8(table) for tag, table in tables.items()})


if __name__ == "__main__":
    (HERE / "coated.icc").write_bytes(coated(Path(sys.argv[1]).read_bytes()))
    (HERE / "uncoated.icc").write_bytes(uncoated_profile())
