"""The arithmetic of Ed25519 as RFC 8032, section 5.1, gives it: for signatures that no library makes."""

import hashlib

P = 2**255 - 19
# Order of the group that Ed25519 works in.
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(p, q):
    """Sum of two points in affine coordinates."""
    (x1, y1), (x2, y2) = p, q
    k = D * x1 * x2 * y1 * y2
    x3 = (x1 * y2 + x2 * y1) * pow(1 + k, P - 2, P)
    y3 = (y1 * y2 + x1 * x2) * pow(1 - k, P - 2, P)
    return x3 % P, y3 % P


def multiple(scalar, point):
    result = (0, 1)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def x_of(y, sign):
    """The x of a point by its y and the sign of x; None where there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def encoded(point):
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decoded(raw):
    number = int.from_bytes(raw, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    return x_of(y % P, sign), y % P


BASE = (x_of(4 * pow(5, P - 2, P) % P, 0), 4 * pow(5, P - 2, P) % P)


def small_order():
    """The eight points whose order divides 8."""
    y = 2
    while True:
        x = x_of(y, 0)
        if x is not None:
            point = multiple(ORDER, (x, y))
            # A generator of the eight has order 8: four times it is not the neutral one.
            if multiple(4, point) != (0, 1):
                return [multiple(k, point) for k in range(8)]
        y += 1


def secret_parts(secret):
    digest = hashlib.sha512(secret).digest()
    scalar = int.from_bytes(digest[:32], "little")
    scalar &= (1 << 254) - 8
    scalar |= 1 << 254
    return scalar, digest[32:]


def challenge(r, public, message):
    return int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % ORDER


def signature(secret, public, message, r_scalar=None, r_point=None, r_bytes=None):
    """A signature with a nonce, a point or an encoding of R of one's choice."""
    scalar, prefix = secret_parts(secret)
    if r_scalar is None:
        r_scalar = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % ORDER
    if r_bytes is None:
        r_bytes = encoded(multiple(r_scalar, BASE) if r_point is None else r_point)
    s = (r_scalar + challenge(r_bytes, public, message) * scalar) % ORDER
    return r_bytes + s.to_bytes(32, "little")
