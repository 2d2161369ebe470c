"""A model of offset printing on uncoated wood-free paper: dot areas → CIELAB, and back.

Yule-Nielsen-modified Neugebauer: the tristimulus values of the sixteen solids, each to the power 1/n, are mixed
by how much of the paper each covers (Demichel), X, Y and Z each with a dot gain of its own. README.md says where
the numbers are from.
"""

import numpy as np
import numpy.typing

from icc import D50

# CIELAB of paper and solids: the aims of ISO 12647-2:2004/Amd 1:2007 for paper type 4, on white backing.
SOLIDS = {
    "": (95, 0, -2),
    "C": (60, -26, -44),
    "M": (56, 61, -1),
    "Y": (89, -4, 78),
    "K": (31, 1, 1),
    "MY": (54, 55, 26),
    "CY": (54, -44, 14),
    "CM": (38, 8, -31),
    "CMY": (33, 0, 0),
}
# How much of the other inks is seen under solid black: their transmittance to this power.
UNDER_BLACK = 0.15
YULE_NIELSEN = 2.0
# Tone value increase at 50 % by ink, as seen in X, Y and Z: less where the ink hardly absorbs.
INCREASE = {
    "C": (0.163, 0.138, 0.03),
    "M": (0.178, 0.185, 0.12),
    "Y": (0.125, 0.06, 0.195),
    "K": (0.225, 0.225, 0.225),
}
# How far the increase leans to the light tones.
LEAN = {"C": 0.0, "M": 0.0, "Y": 0.0, "K": 0.15}
# Which of X, Y, Z an ink is judged by.
SEEN_IN = [0, 1, 2, 1]

INK_LIMIT = 3.0
# Black starts below this lightness and is full at that of the deepest black.
BLACK_STARTS = 75.0


def xyz_of(lab: np.typing.ArrayLike) -> np.ndarray:
    lab = np.asarray(lab, float)
    y = (lab[..., 0] + 16) / 116
    f = np.stack([y + lab[..., 1] / 500, y, y - lab[..., 2] / 200], axis=-1)
    return D50 * np.where(f > 6 / 29, f**3, (f - 4 / 29) * 3 * (6 / 29) ** 2)


def lab_of(xyz: np.ndarray) -> np.ndarray:
    ratio = xyz / D50
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


PAPER = xyz_of(SOLIDS[""])


def primaries() -> np.ndarray:
    """Tristimulus values of the sixteen solids, as 2 × 2 × 2 × 2 × 3 in the order C, M, Y, K."""
    result = np.zeros((2, 2, 2, 2, 3))
    black = xyz_of(SOLIDS["K"])
    for index in np.ndindex(2, 2, 2):
        colour = xyz_of(SOLIDS["".join(ink for ink, printed in zip("CMY", index) if printed)])
        result[index] = [colour, black * (colour / PAPER) ** UNDER_BLACK]
    return result


ROOTS = primaries() ** (1 / YULE_NIELSEN)


TONES = np.linspace(0, 1, 256)


def dot_curves() -> np.ndarray:
    """Effective dot areas by tone value (inks × XYZ × tones), so that each ink alone has its tone value increase."""
    inks = []
    for ink, heights in INCREASE.items():
        bow = 4 * TONES * (1 - TONES) * (1 + LEAN[ink] * (1 - 2 * TONES))
        covered = TONES + np.outer(heights, bow)
        paper, solid = PAPER[:, None], xyz_of(SOLIDS[ink])[:, None]
        tint, bare, full = (v ** (1 / YULE_NIELSEN) for v in (paper + covered * (solid - paper), paper, solid))
        inks.append((bare - tint) / (bare - full))
    return np.array(inks)


DOTS = dot_curves()
# The curve of the component each ink is judged by: where the nodes of a table lie closest.
LEADING = DOTS[np.arange(4), SEEN_IN]


def printed(tones: np.ndarray) -> np.ndarray:
    """Tristimulus values relative to the paper (1, 1, 1) of tone values (rows of C, M, Y, K)."""
    roots = np.broadcast_to(ROOTS, (len(tones), *ROOTS.shape))
    for ink in range(4):
        areas = [np.interp(tones[:, ink], TONES, curve) for curve in DOTS[ink]]
        area = np.stack(areas, axis=1).reshape((-1,) + (1,) * (3 - ink) + (3,))
        roots = roots[:, 0] * (1 - area) + roots[:, 1] * area
    return roots**YULE_NIELSEN / PAPER


def relative_lab(tones: np.ndarray) -> np.ndarray:
    """CIELAB relative to the paper."""
    return lab_of(printed(tones) * D50)


# The deepest black that separations aim at, relative to the paper, and its lightness.
BLACKEST = printed(np.array([[0.6, 0.5, 0.45, 1.0]]))[0, 1]
DEEPEST = 116 * np.cbrt(BLACKEST) - 16


def perceptual_lab(tones: np.ndarray) -> np.ndarray:
    """As `relative_lab`, the deepest black taken for the black of the original (black point compensation)."""
    return lab_of(np.clip((printed(tones) - BLACKEST) / (1 - BLACKEST), 0, None) * D50)


def within_black(lab: np.ndarray) -> np.ndarray:
    """The other way: an original's black becomes the deepest one printed."""
    return lab_of((xyz_of(lab) / D50 * (1 - BLACKEST) + BLACKEST) * D50)


def black_wanted(lightness: np.ndarray) -> np.ndarray:
    """How much black a gray of this lightness gets."""
    depth = np.clip((BLACK_STARTS - lightness) / (BLACK_STARTS - DEEPEST), 0, 1)
    return depth**1.5


def residuals(tones: np.ndarray, lab: np.ndarray) -> np.ndarray:
    """What a separation is judged by: colour, ink over the limit, and, lightly, how much of it is black."""
    colour = relative_lab(tones) - lab
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    black = (tones[:, 3] - black_wanted(lab[:, 0])) * 6 / (1 + chroma / 20)
    over = np.maximum(tones.sum(axis=1) - INK_LIMIT, 0) * 100
    return np.column_stack([colour, black, over])


def separation(lab: np.ndarray, rounds: int = 60) -> np.ndarray:
    """The CMYK for each colour: damped least squares within 0 to 1, all colours at once."""
    lab = np.column_stack([np.maximum(lab[:, 0], DEEPEST), lab[:, 1:]])
    tones = np.full((len(lab), 4), 0.3)
    damping = np.full(len(lab), 1.0)
    now = residuals(tones, lab)
    for _ in range(rounds):
        step = bounded_step(tones, now, lab, damping)
        tried = np.clip(tones + step, 0, 1)
        then = residuals(tried, lab)
        better = (then**2).sum(axis=1) < (now**2).sum(axis=1)
        tones[better], now[better] = tried[better], then[better]
        damping = np.clip(np.where(better, damping / 3, damping * 4), 1e-3, 1e6)
    return tones


def bounded_step(tones: np.ndarray, now: np.ndarray, lab: np.ndarray, damping: np.ndarray) -> np.ndarray:
    """A step of Levenberg and Marquardt, in which inks at a bound do not move beyond it."""
    slopes = np.stack([slope(tones, now, lab, ink) for ink in range(4)], axis=2)
    downhill = -np.einsum("nri,nr->ni", slopes, now)
    held = ((tones <= 0) & (downhill < 0)) | ((tones >= 1) & (downhill > 0))
    slopes = np.where(held[:, None, :], 0, slopes)
    normal = np.einsum("nri,nrj->nij", slopes, slopes) + np.eye(4) * damping[:, None, None]
    return np.linalg.solve(normal, np.where(held, 0, downhill)[..., None])[..., 0]


def slope(tones: np.ndarray, now: np.ndarray, lab: np.ndarray, ink: int) -> np.ndarray:
    """Change of the residuals with one ink, measured towards the inside."""
    nudge = np.where(tones[:, ink] > 0.5, -1e-3, 1e-3)
    moved = tones.copy()
    moved[:, ink] += nudge
    return (residuals(moved, lab) - now) / nudge[:, None]


def out_of_gamut(lab: np.ndarray) -> np.ndarray:
    """0 where a colour can be printed within ΔE 2, more the farther it is from that."""
    far = np.linalg.norm(relative_lab(separation(lab)) - lab, axis=1)
    return np.clip((far - 2) / 50, 0, 1)[:, None]
