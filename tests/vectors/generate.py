"""Writes code-format-1.json and code-format-1-forms.json: test vectors of docs/CODE-FORMAT.md.

Written from the specification alone, apart from the program: base32, GF(32), base 36 and the texts
are done here; Ed25519 is that of the Python package `cryptography`, and where a signature is one that
no library makes, curve.py. The output is the same on every run:

    python3 tests/vectors/generate.py
"""

import base64
import hashlib
import json
import pathlib

import forms
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HOST = "verify.example.vn"
GTIN = "09521234543213"
OTHER_GTIN = "09506000134352"
# Order of the group that Ed25519 works in (RFC 8032, section 5.1).
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493


# Serial

def gf32_product(a, b):
    """Product in GF(32) = GF(2)[x] / (x^5 + x^2 + 1)."""
    product = 0
    for bit in range(5):
        if b >> bit & 1:
            product ^= a << bit
    for bit in range(8, 4, -1):
        if product >> bit & 1:
            product ^= 0b100101 << (bit - 5)
    return product


def gf32_power(base, exponent):
    power = 1
    for _ in range(exponent):
        power = gf32_product(power, base)
    return power


def check_value(values):
    """Sum of alpha^(12-i) * s_i for i = 1 to 11, alpha = x."""
    assert len(values) == 11
    total = 0
    for i, value in enumerate(values, start=1):
        total ^= gf32_product(gf32_power(0b10, 12 - i), value)
    return total


def serial(batch, item):
    assert 0 <= batch < 2**20 and 0 <= item < 2**35
    bits = f"{batch << 35 | item:055b}"
    values = [int(bits[at:at + 5], 2) for at in range(0, 55, 5)]
    return "".join(SYMBOLS[value] for value in values + [check_value(values)])


def printed(text):
    return "-".join([text[:4], text[4:8], text[8:]])


# Signature

def base36(raw):
    number = int.from_bytes(raw, "big")
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits.rjust(100, "0")


class Key:
    def __init__(self, name, first_byte, nbf, exp, compromised_since=None):
        self.name = name
        self.secret = bytes(range(first_byte, first_byte + 32))
        self.private = Ed25519PrivateKey.from_private_bytes(self.secret)
        self.public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        bound = name.encode() + b"\n" + b"Ed25519" + b"\n" + self.public
        self.id = hashlib.sha256(bound).hexdigest()[:8]
        self.nbf, self.exp, self.compromised_since = nbf, exp, compromised_since

    def jwk(self):
        jwk = {
            "kty": "OKP",
            "crv": "Ed25519",
            "kid": self.id,
            "name": self.name,
            "alg": "EdDSA",
            "use": "sig",
            "x": base64.urlsafe_b64encode(self.public).rstrip(b"=").decode(),
            "nbf": self.nbf,
            "exp": self.exp,
        }
        if self.compromised_since is not None:
            jwk["compromised_since"] = self.compromised_since
        return jwk

    def facts(self):
        names = ("name", "id")
        return {name: getattr(self, name) for name in names} | {
            "secret": self.secret.hex(),
            "public": self.public.hex(),
        }

    def message(self, gtin, number):
        return f"OCOP-STAMP-1|{self.id}|{gtin or ''}|{number}".encode("ascii")

    def sign(self, gtin, number):
        return self.private.sign(self.message(gtin, number))


# QR text

def qr_text(profile, gtin, number, signature):
    host = "https://" + HOST.upper()
    if profile == "compact":
        return f"{host}/01/{gtin}/21/{number}" if gtin else f"{host}/T/{number}"
    digits = base36(signature)
    if gtin:
        return f"{host}/{digits}/01/{gtin}/21/{number}"
    return f"{host}/T/{number}/{digits}"


def code(key, batch, item, profile, gtin=None):
    number = serial(batch, item)
    signature = key.sign(gtin, number)
    return {
        "batch": batch,
        "item": item,
        "serial": number,
        "printed": printed(number),
        "key": key.id,
        "gtin": gtin,
        "profile": profile,
        "message": key.message(gtin, number).decode("ascii"),
        "signature": signature.hex(),
        "signature_text": base36(signature),
        "qr_text": qr_text(profile, gtin, number, signature),
        "result": "right" if profile == "signed" else "unsigned",
    }


def codes(first, second):
    return [
        code(first, 1, 0, "signed"),
        code(first, 1, 1, "signed"),
        code(first, 1, 2**35 - 1, "compact"),
        code(first, 249, 20_211_104, "signed"),
        code(first, 249, 20_211_105, "signed", GTIN),
        code(first, 33_825, 12_345_678_901, "signed", GTIN),
        code(first, 33_825, 12_345_678_902, "compact", GTIN),
        code(first, 2**20 - 1, 2**35 - 1, "signed"),
        code(first, 699_050, 22_906_492_245, "signed", GTIN),
        code(second, 2, 17_179_869_184, "signed"),
    ]


def changed(text, at, to):
    assert text[at] != to
    return text[:at] + to + text[at + 1:]


def tampered(first, outsider, genuine):
    plain, with_gtin = genuine[3], genuine[4]
    number, digits = plain["serial"], plain["signature_text"]
    neighbour = serial(plain["batch"], plain["item"] + 1)
    raw = bytes.fromhex(plain["signature"])
    scalar = int.from_bytes(raw[32:], "little") + GROUP_ORDER
    second_form = raw[:32] + scalar.to_bytes(32, "little")
    by_outsider = outsider.sign(None, number)
    start = f"https://{HOST.upper()}"

    def plain_text(number=number, digits=digits):
        return f"{start}/T/{number}/{digits}"

    def gtin_text(gtin=GTIN, digits=with_gtin["signature_text"]):
        return f"{start}/{digits}/01/{gtin}/21/{with_gtin['serial']}"

    swapped = number[:9] + number[10] + number[9] + number[11:]
    assert swapped != number
    cases = [
        ("one symbol of the serial is wrong",
         plain_text(changed(number, 6, "Z")), "mistyped", "check"),
        ("two neighbouring symbols are swapped", plain_text(swapped), "mistyped", "check"),
        ("a letter that is no symbol", plain_text(changed(number, 6, "U")), "mistyped", "symbol"),
        ("a symbol is missing", plain_text(number[:-1]), "mistyped", "length"),
        ("a right serial with the signature of another", plain_text(neighbour), "wrong", None),
        ("one digit of the signature is wrong",
         plain_text(digits=changed(digits, 50, "0" if digits[50] != "0" else "1")), "wrong", None),
        ("a signature of 99 digits", plain_text(digits=digits[1:]), "wrong", None),
        ("a signature of 2^512 or more", plain_text(digits="Z" * 100), "wrong", None),
        ("the second form of a right signature, S + L, which RFC 8032 refuses",
         plain_text(digits=base36(second_form)), "wrong", None),
        ("signed by a key that is not in the set",
         plain_text(digits=base36(by_outsider)), "wrong", None),
        ("another product's number", gtin_text(OTHER_GTIN), "wrong", None),
        ("a product's number whose check digit is wrong",
         gtin_text(changed(GTIN, 13, "4")), "wrong", None),
        ("the product's number is left out",
         plain_text(with_gtin["serial"], with_gtin["signature_text"]), "wrong", None),
    ]
    return [{"what": what, "text": text, "result": result} | ({"why": why} if why else {})
            for what, text, result, why in cases]


def readings(genuine):
    plain, with_gtin, compact = genuine[3], genuine[4], genuine[2]
    number = plain["serial"]
    right, unsigned = "right", "unsigned"
    cases = [
        ("as printed", plain["printed"], number, unsigned),
        ("lower case, spaces", plain["printed"].lower().replace("-", " "), number, unsigned),
        ("O for 0, I and L for 1",
         genuine[0]["serial"].replace("0", "O").replace("1", "l"), genuine[0]["serial"], unsigned),
        ("the path alone", plain["qr_text"].split("VN", 1)[1], number, right),
        ("all lower case", plain["qr_text"].lower(), number, right),
        ("another host", plain["qr_text"].replace(HOST.upper(), "other.example"), number, right),
        ("a query that a program added", plain["qr_text"] + "?fbclid=x", number, right),
        ("GS1 Digital Link, lower case", with_gtin["qr_text"].lower(), with_gtin["serial"], right),
        ("GTIN-13 for GTIN-14", with_gtin["qr_text"].replace(GTIN, GTIN[1:]), with_gtin["serial"], right),
        ("compact, the serial as printed", f"https://{HOST}/t/{compact['printed']}", compact["serial"], unsigned),
    ]
    return [{"what": what, "text": text, "serial": number, "result": result}
            for what, text, number, result in cases]


def main():
    # 2026-01-01 and 2028-01-01, UTC.
    first = Key("ocop-stamp-test-1", 0x00, 1_767_225_600, 1_830_297_600)
    second = Key("ocop-stamp-test-2", 0x20, 1_767_225_600, 1_830_297_600, 1_790_000_000)
    outsider = Key("ocop-stamp-test-3", 0x40, 1_767_225_600, 1_830_297_600)
    genuine = codes(first, second)
    vectors = {
        "format": 1,
        "host": HOST,
        "keys": [first.facts(), second.facts()],
        "jwks": {"keys": [first.jwk(), second.jwk()]},
        "codes": genuine,
        "tampered": tampered(first, outsider, genuine),
        "readings": readings(genuine),
    }
    folder = pathlib.Path(__file__).parent
    text = json.dumps(vectors, indent=2)
    folder.joinpath("code-format-1.json").write_text(text + "\n")
    folder.joinpath("code-format-1-forms.json").write_text(many(first, second, outsider))


# Forms

# Numbers of GS1's ranges for examples, as a reader pads them.
GTIN_12 = "00614141000036"
GTIN_8 = "00000095200019"


def issued(key):
    """The codes of a small register, each batch with stamps of one kind."""
    return [
        code(key, 1, 20_211_104, "signed"),
        code(key, 2, 20_211_105, "signed", GTIN),
        code(key, 3, 12_345_678_901, "compact"),
        code(key, 4, 12_345_678_902, "compact", GTIN),
        code(key, 5, 22_906_492_245, "signed", GTIN_12),
        code(key, 6, 17_179_869_184, "signed", GTIN_8),
    ]


def many(first, second, outsider):
    for gtin in (GTIN_12, GTIN_8):
        assert forms.check_digit(gtin[:-1]) == gtin[-1], gtin
    codes = issued(first)
    found = forms.all_forms((first, second, outsider), codes, base36, serial)
    lines = [json.dumps(form, ensure_ascii=True) for form in found]
    head = {"format": 1, "host": HOST, "jwks": {"keys": [first.jwk(), second.jwk()]}, "codes": codes}
    head = json.dumps(head, indent=1)
    return head[:-2] + ',\n "forms": [\n  ' + ",\n  ".join(lines) + "\n ]\n}\n"


main()
