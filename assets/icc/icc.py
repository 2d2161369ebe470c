"""The parts of ICC.1:2001 (profile version 2.4 and below) that `make.py` needs: tags, lookup tables, the file."""

import struct
from dataclasses import dataclass

import numpy as np

D50 = np.array([0.9642, 1.0, 0.8249])
# Date in the header: fixed, so that the same input makes the same bytes.
MADE_ON = (2026, 11, 24, 0, 0, 0)


@dataclass
class Lut:
    """Curves on the way in, a grid of nodes, curves on the way out; everything from 0 to 1."""

    into: np.ndarray  # channels in × entries
    nodes: np.ndarray  # a grid with one axis a channel, channels out last
    out: np.ndarray  # channels out × entries

    def __call__(self, values: np.ndarray) -> np.ndarray:
        return curves(self.out, interpolate(self.nodes, curves(self.into, values)))


def curves(tables: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Each column of `values` through its table."""
    at = np.linspace(0, 1, tables.shape[1])
    return np.stack([np.interp(column, at, table) for column, table in zip(values.T, tables)], axis=1)


def interpolate(nodes: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Multilinear interpolation in a grid, at positions from 0 to 1 (rows of `at`)."""
    axes, points = nodes.ndim - 1, nodes.shape[0]
    position = np.clip(at, 0, 1) * (points - 1)
    low = np.minimum(position.astype(int), points - 2)
    part = position - low
    result = np.zeros((len(at), nodes.shape[-1]))
    for corner in np.ndindex((2,) * axes):
        weight = np.prod(np.where(corner, part, 1 - part), axis=1)
        result += weight[:, None] * nodes[tuple((low + corner).T)]
    return result


def grid(channels: int, points: int) -> np.ndarray:
    """Positions of all nodes, the last channel running fastest."""
    return np.indices((points,) * channels).reshape(channels, -1).T / (points - 1)


def tags_of(profile: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">I", profile, 128)
    rows = (struct.unpack_from(">4sII", profile, 132 + 12 * row) for row in range(count))
    return {name.decode(): profile[start : start + length] for name, start, length in rows}


def read_lut16(tag: bytes) -> Lut:
    """`mft2` (10.9)."""
    channels_in, channels_out, points = tag[8:11]
    entries_in, entries_out = struct.unpack_from(">HH", tag, 48)
    values = np.frombuffer(tag, ">u2", offset=52) / 65535
    sizes = [channels_in * entries_in, points**channels_in * channels_out, channels_out * entries_out]
    into, nodes, out = np.split(values[: sum(sizes)], np.cumsum(sizes)[:2])
    return Lut(
        into.reshape(channels_in, entries_in),
        nodes.reshape((points,) * channels_in + (channels_out,)),
        out.reshape(channels_out, entries_out),
    )


def lut8(lut: Lut) -> bytes:
    """`mft1` (10.8): 256 entries a curve, 8 bits a value."""
    channels_in, channels_out, points = len(lut.into), len(lut.out), lut.nodes.shape[0]
    unit = [65536, 0, 0, 0, 65536, 0, 0, 0, 65536]
    head = struct.pack(">4s4x4B9i", b"mft1", channels_in, channels_out, points, 0, *unit)
    return head + b"".join(bytes_of(part) for part in (lut.into, lut.nodes, lut.out))


def bytes_of(values: np.ndarray) -> bytes:
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8).tobytes()


def straight(channels: int) -> np.ndarray:
    return np.tile(np.linspace(0, 1, 256), (channels, 1))


def text(words: str) -> bytes:
    return b"text" + bytes(4) + words.encode("ascii") + b"\0"


def description(words: str) -> bytes:
    """`desc` of version 2: in ASCII, the Unicode and Macintosh texts empty."""
    ascii_text = words.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(ascii_text)) + ascii_text + bytes(8 + 3 + 67)


def xyz(values: np.ndarray) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *np.rint(values * 65536).astype(int).tolist())


def profile(tags: dict[str, bytes]) -> bytes:
    """An output profile from CMYK to Lab; tags with the same content share it."""
    start = 128 + 4 + 12 * len(tags)
    table, data, places = struct.pack(">I", len(tags)), b"", {}
    for name, content in tags.items():
        if content not in places:
            places[content] = start + len(data)
            data += content + bytes(-len(content) % 4)
        table += struct.pack(">4sII", name.encode(), places[content], len(content))
    illuminant = np.rint(D50 * 65536).astype(int).tolist()
    # Size, version, class, colour spaces, date, mark; then intent (1: media-relative) and illuminant.
    kind = struct.pack(">I4x4s4s4s4s", start + len(data), b"\2\x10\0\0", b"prtr", b"CMYK", b"Lab ")
    first = kind + struct.pack(">6H4s", *MADE_ON, b"acsp")
    header = first + bytes(24) + struct.pack(">I3i", 1, *illuminant)
    return header.ljust(128, b"\0") + table + data
