"""Forms of codes, right and wrong, with what a reader says with the keys alone and with the register.

Made from docs/CODE-FORMAT.md alone, like generate.py, which writes them out.
"""

import unicodedata

import curve

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
UPPER_HOST = "VERIFY.EXAMPLE.VN"
START = "https://" + UPPER_HOST

INVISIBLE = (
    [0xAD, 0x34F, 0x61C, 0x180E]
    + list(range(0x200B, 0x2010))
    + list(range(0x202A, 0x202F))
    + list(range(0x2060, 0x2070))
    + list(range(0xFE00, 0xFE10))
    + [0xFEFF]
)
# U+2065 is not assigned: Unicode keeps it for a character of the same kind.
DASHES = list(range(0x2010, 0x2016)) + [0x2043, 0x2212, 0xFE58, 0xFE63, 0xFF0D, 0x207B, 0x208B]
SPACES = [0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x1680, 0x2000, 0x2003, 0x2009, 0x202F, 0x205F, 0x3000, 0x2028]
AROUND = "()[]{}<>«»‹›\"'`“”„‘’‚,;:!.*_~|、。"
MARKED = (
    "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ"
)


class Stamp:
    """An issued stamp, with all that its texts are made of."""

    def __init__(self, code, sign):
        self.serial, self.printed = code["serial"], code["printed"]
        self.gtin, self.profile = code["gtin"], code["profile"]
        self.digits = code["signature_text"]
        self.qr_text = code["qr_text"]
        self.sign = sign

    def text(self, serial=None, digits=None, gtin=None):
        serial, digits = serial or self.serial, digits or self.digits
        if self.gtin:
            return f"{START}/{digits}/01/{gtin or self.gtin}/21/{serial}"
        return f"{START}/T/{serial}/{digits}"


class Forms:
    """Gathers forms; no text stands twice."""

    def __init__(self):
        self.all, self.texts = [], set()

    def add(self, what, text, result, online, why=None):
        if text not in self.texts:
            self.texts.add(text)
            form = {"what": what, "text": text, "result": result, "online": online}
            self.all.append(form | ({"why": why} if why else {}))

    def right(self, what, text):
        self.add(what, text, "right", "valid")

    def wrong(self, what, text):
        self.add(what, text, "wrong", "wrong_signature")

    def unsigned(self, what, text, online="unsigned"):
        self.add(what, text, "unsigned", online)

    def mistyped(self, what, text, why):
        self.add(what, text, "mistyped", "mistyped", why)


def check_digit(digits):
    total = sum(int(d) * (3 if at % 2 == 0 else 1) for at, d in enumerate(reversed(digits)))
    return str(-total % 10)


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if 0x21 <= ord(c) <= 0x7E else c for c in text)


def bold(text):
    """Mathematical bold letters and digits."""
    def of(c):
        if c.isdigit():
            return chr(0x1D7CE + int(c))
        return chr(0x1D400 + ord(c) - ord("A")) if "A" <= c <= "Z" else c
    return "".join(map(of, text))


def circled(text):
    def of(c):
        return chr(0x24B6 + ord(c) - ord("A")) if "A" <= c <= "Z" else c
    return "".join(map(of, text))


def symbols_and_swaps(forms, plain, with_gtin):
    for at in range(12):
        for symbol in SYMBOLS:
            for stamp in (plain, with_gtin):
                number = stamp.serial
                if symbol != number[at]:
                    wrong = number[:at] + symbol + number[at + 1:]
                    what = f"symbol {at + 1} is {symbol}"
                    forms.mistyped(what, stamp.text(wrong), "check")
                    if stamp is plain:
                        forms.mistyped(what + ", typed", wrong, "check")
    for stamp in (plain, with_gtin):
        number = stamp.serial
        for a in range(12):
            for b in range(a + 1, 12):
                if number[a] != number[b]:
                    swapped = list(number)
                    swapped[a], swapped[b] = swapped[b], swapped[a]
                    forms.mistyped(f"symbols {a + 1} and {b + 1} are swapped",
                                   stamp.text("".join(swapped)), "check")
    number = plain.serial
    for at in range(12):
        for other in "U@+Ж€ü":
            wrong = number[:at] + other + number[at + 1:]
            forms.mistyped(f"symbol {at + 1} is {other}, which is none", plain.text(wrong), "symbol")
            forms.mistyped(f"symbol {at + 1} is {other}, typed", wrong, "symbol")
        forms.mistyped(f"symbol {at + 1} is missing", plain.text(number[:at] + number[at + 1:]), "length")
        forms.mistyped(f"symbol {at + 1} stands twice", plain.text(number[:at] + number[at] + number[at:]), "length")
        if at:
            forms.mistyped(f"the first {at} symbols", number[:at], "length")
    forms.mistyped("the serial twice", number * 2, "length")
    forms.mistyped("seventy symbols", "7" * 70, "length")


def product_numbers(forms, plain, with_gtin, compact, compact_gtin, short):
    number, digits, gtin = with_gtin.serial, with_gtin.digits, with_gtin.gtin
    forms.wrong("the product's number is cut off, the signature is left", f"{START}/T/{number}/{digits}")
    forms.wrong("the same, lower case", f"{START}/t/{number}/{digits}".lower())
    forms.unsigned("signature and product's number are cut off", f"{START}/T/{number}")
    forms.unsigned("the signature is cut off", f"{START}/01/{gtin}/21/{number}")
    forms.unsigned("the signature of a product without number is cut off", f"{START}/T/{plain.serial}")
    # With the keys alone nothing speaks against these; the register knows what is printed.
    forms.unsigned("a product's number where none is printed, no signature",
                   f"{START}/01/{gtin}/21/{plain.serial}", "wrong_signature")
    forms.unsigned("the same where the code has no signature",
                   f"{START}/01/{gtin}/21/{compact.serial}", "wrong_signature")
    forms.wrong("a product's number is added to a code that has none",
                f"{START}/{plain.digits}/01/{gtin}/21/{plain.serial}")
    for at in range(13):
        for step in (1, 5):
            body = gtin[:at] + str((int(gtin[at]) + step) % 10) + gtin[at + 1:13]
            other = body + check_digit(body)
            forms.wrong(f"digit {at + 1} of the product's number is another, its check digit fits",
                        with_gtin.text(gtin=other))
            forms.unsigned("the same without signature", f"{START}/01/{other}/21/{number}", "wrong_signature")
            forms.unsigned("the same where the code has no signature",
                           f"{START}/01/{other}/21/{compact_gtin.serial}", "wrong_signature")
    for at in range(14):
        other = gtin[:at] + str((int(gtin[at]) + 1) % 10) + gtin[at + 1:]
        forms.wrong(f"digit {at + 1} of the product's number is wrong", with_gtin.text(gtin=other))
        forms.wrong("the same without signature", f"{START}/01/{other}/21/{number}")
    for length in (1, 5, 7, 9, 10, 11, 15, 20):
        forms.wrong(f"a product's number of {length} digits", with_gtin.text(gtin="9" * length))
    for odd in ("ABC", "0952123454321X", "-9521234543213", "+9521234543213", "9521234543213.0"):
        forms.wrong(f"a product's number “{odd}”", with_gtin.text(gtin=odd))
    forms.right("a product's number of 13 digits", with_gtin.text(gtin=gtin[1:]))
    forms.right("a product's number with spaces", with_gtin.text(gtin="0 952123 454321 3"))
    forms.right("a product's number in full-width digits", with_gtin.text(gtin=full_width(gtin)))
    for stamp in short:
        bare = stamp.gtin.lstrip("0").rjust(8, "0")
        forms.right(f"a product's number of {len(bare)} digits", stamp.text(gtin=bare))
        forms.right("the same with 14", stamp.text())
        for length in (12, 13):
            padded = bare.rjust(length, "0")
            forms.right(f"the same with {length}", stamp.text(gtin=padded))
        forms.wrong("the product's number of another", stamp.text(gtin=gtin))
        forms.wrong("the product's number cut off", f"{START}/T/{stamp.serial}/{stamp.digits}")
        forms.wrong("its number on another product's stamp", with_gtin.text(gtin=stamp.gtin))
    added = ["10/L1/", "22/V/", "235/X/"]
    for ai in added:
        forms.mistyped(f"application identifier {ai[:-1]} before the serial",
                       f"{START}/{digits}/01/{gtin}/{ai}21/{number}", "length")
        forms.mistyped("the same without signature", f"{START}/01/{gtin}/{ai}21/{number}", "length")
        forms.mistyped(f"application identifier {ai[:-1]} after the serial",
                       f"{START}/{digits}/01/{gtin}/21/{number}/{ai[:-1]}", "length")
        forms.mistyped("the same without signature", f"{START}/01/{gtin}/21/{number}/{ai[:-1]}", "length")
    for path in (f"/01/{gtin}/22/{number}", f"/02/{gtin}/21/{number}", f"/{digits}/{digits}/01/{gtin}/21/{number}",
                 f"/{number}/01/{gtin}", f"/T/{number}/{digits}/X", f"/X/{number}", f"/21/{number}/01/{gtin}"):
        forms.mistyped("no path of a code", START + path, "length")


def signatures(forms, keys, plain, with_gtin, base36, serial_of):
    first, second, outsider = keys
    for stamp in (plain, with_gtin):
        digits = stamp.digits
        for at in range(100):
            other = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(int(digits[at], 36) + 1 + at % 34) % 36]
            forms.wrong(f"digit {at + 1} of the signature is another",
                        stamp.text(digits=digits[:at] + other + digits[at + 1:]))
        for at in range(0, 99, 3):
            if digits[at] != digits[at + 1]:
                swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2:]
                forms.wrong(f"digits {at + 1} and {at + 2} of the signature are swapped", stamp.text(digits=swapped))
        for length in (1, 50, 64, 86, 88, 98, 99, 101, 128):
            forms.wrong(f"{length} digits of a signature", stamp.text(digits=(digits * 2)[:length]))
        for other in ("0" * 100, "9" * 100, "Z" * 100, "0" * 99 + "1", "A" * 100):
            forms.wrong(f"a signature {other[0]}…{other[-1]}", stamp.text(digits=other))
        below, beyond = base36((2**512 - 1).to_bytes(64, "big")), None
        value = int(below, 36) + 1
        while value:
            value, digit = divmod(value, 36)
            beyond = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + (beyond or "")
        forms.wrong("a signature of 2^512 − 1", stamp.text(digits=below))
        forms.wrong("a signature of 2^512", stamp.text(digits=beyond))
        odd_forms(forms, first, stamp, base36)
        other_signers(forms, keys, stamp, base36)
    neighbours(forms, first, outsider, base36, serial_of)
    forms.wrong("the signature of another product's stamp", plain.text(digits=with_gtin.digits))
    forms.wrong("the signature of a stamp without product's number", with_gtin.text(digits=plain.digits))


def odd_forms(forms, key, stamp, base36):
    """What a lax reader of RFC 8032 takes for a second signature."""
    message = key.message(stamp.gtin, stamp.serial)
    raw = int(stamp.digits, 36).to_bytes(64, "big")
    r, s = raw[:32], int.from_bytes(raw[32:], "little")

    def form(what, r_bytes, scalar):
        raw = r_bytes + scalar.to_bytes(32, "little")
        forms.wrong(what, stamp.text(digits=base36(raw)))

    for times in range(1, 16):
        if s + times * curve.ORDER < 2**256:
            form(f"S + {times} L", r, s + times * curve.ORDER)
    form("L − S", r, curve.ORDER - s)
    form("S = 0", r, 0)
    form("S = L", r, curve.ORDER)
    form("S = L − 1", r, curve.ORDER - 1)
    for bit in (252, 253, 254, 255):
        form(f"bit {bit} of S is another", r, s ^ 1 << bit)
    form("the sign of R is another", r[:31] + bytes([r[31] ^ 0x80]), s)
    negative = curve.encoded((curve.P - curve.decoded(r)[0], curve.decoded(r)[1]))
    form("−R", negative, s)
    eight = curve.small_order()
    for at, point in enumerate(eight):
        # Right under an equation multiplied by 8; of these R = [0]B is right under the other one too,
        # and refused for its order.
        raw = curve.signature(key.secret, key.public, message, r_scalar=0, r_point=point)
        form(f"R of small order, {at}", raw[:32], int.from_bytes(raw[32:], "little"))
        if at:
            near = curve.add(curve.multiple(12345, curve.BASE), point)
            raw = curve.signature(key.secret, key.public, message, r_scalar=12345, r_point=near)
            form(f"R beside the group, {at}", raw[:32], int.from_bytes(raw[32:], "little"))
    for y in (curve.P, curve.P + 1, curve.P - 1 + 2**255, curve.P + 1 + 2**255, 2**255 + 1):
        r_bytes = (y % 2**256).to_bytes(32, "little")
        raw = curve.signature(key.secret, key.public, message, r_scalar=0, r_bytes=r_bytes)
        form(f"R not canonical, y = {y:#x}", r_bytes, int.from_bytes(raw[32:], "little"))
    form("R that is no point", (2).to_bytes(32, "little"), s)
    form("R = A", key.public, s)


def other_signers(forms, keys, stamp, base36):
    first, second, outsider = keys
    gtin, number = stamp.gtin, stamp.serial
    forms.wrong("signed by a key that is not in the set", stamp.text(digits=base36(outsider.sign(gtin, number))))
    forms.add("signed by another key of the set", stamp.text(digits=base36(second.sign(gtin, number))),
              "right", "wrong_signature")
    nonce = curve.signature(first.secret, first.public, first.message(gtin, number), r_scalar=98765)
    forms.add("a second signature of the key, with a nonce of its own", stamp.text(digits=base36(nonce)),
              "right", "wrong_signature")
    messages = [
        f"OCOP-STAMP-2|{first.id}|{gtin or ''}|{number}",
        f"OCOP-STAMP-1|{first.id.upper()}|{gtin or ''}|{number}" if first.id != first.id.upper() else "x",
        f"OCOP-STAMP-1|{second.id}|{gtin or ''}|{number}",
        f"OCOP-STAMP-1|00000000|{gtin or ''}|{number}",
        f"OCOP-STAMP-1||{gtin or ''}|{number}",
        f"OCOP-STAMP-1|{first.id}|{gtin or ''}|{stamp.printed}",
        f"OCOP-STAMP-1|{first.id}|{gtin or ''}|{number.lower()}",
        f"OCOP-STAMP-1|{first.id}|{(gtin or '0').lstrip('0') or '0'}|{number}",
        f"OCOP-STAMP-1|{first.id}|{number}",
        f"OCOP-STAMP-1|{first.id}|{gtin or ''}|{number}\n",
        f"ocop-stamp-1|{first.id}|{gtin or ''}|{number}",
        number,
        stamp.qr_text,
        "",
    ]
    messages += [f"OCOP-STAMP-1|{first.id}||{number}"] if gtin else []
    for message in messages:
        raw = first.private.sign(message.encode())
        forms.wrong(f"signed is {message[:40]!r}", stamp.text(digits=base36(raw)))


def neighbours(forms, first, outsider, base36, serial_of):
    """Serials that were never issued, in a batch that was and in others."""
    for batch, item in [(1, 1), (1, 2**35 - 1), (2, 7), (3, 9), (900, 0), (2**20 - 1, 2**35 - 1), (0, 0)]:
        number = serial_of(batch, item)
        forms.unsigned("never issued, typed", number, "unknown")
        forms.unsigned("never issued", f"{START}/T/{number}", "unknown")
        forms.unsigned("never issued, with a product's number", f"{START}/01/09521234543213/21/{number}", "unknown")
        forms.wrong("never issued, signed by a key that is not in the set",
                    f"{START}/T/{number}/{base36(outsider.sign(None, number))}")
        forms.add("never issued, signed by a key of the set",
                  f"{START}/T/{number}/{base36(first.sign(None, number))}", "right", "never_issued")
        digits = base36(first.sign("09521234543213", number))
        forms.add("never issued, signed with a product's number",
                  f"{START}/{digits}/01/09521234543213/21/{number}", "right", "never_issued")
        forms.wrong("the same without the number", f"{START}/T/{number}/{digits}")


def spellings(forms, plain, with_gtin, compact, compact_gtin):
    for stamp in (plain, with_gtin):
        text = stamp.qr_text
        path = text[len(START):]
        forms.right("as printed", text)
        forms.right("lower case", text.lower())
        forms.right("upper case", text.upper())
        forms.right("mixed case", "".join(c.upper() if at % 2 else c.lower() for at, c in enumerate(text)))
        forms.right("the path alone", path)
        forms.right("the path without its first slash", path[1:])
        forms.right("a slash at the end", text + "/")
        forms.right("slashes twice", START + path.replace("/", "//"))
        for host in ("other.example", "10.0.0.7", "localhost:8080", "TEM.HANOI.GOV.VN", "xn--tm-yma.vn", "[::1]:80"):
            forms.right(f"host {host}", f"https://{host}{path}")
            forms.right(f"host {host} without scheme", f"{host}{path}")
            forms.right(f"host {host} over HTTP", f"http://{host}{path}")
        for after in ("?fbclid=IwAR0x", "?utm_source=zalo&x=%2F", "#top", "/?lang=en", "?", "#", "?a=b#c?d"):
            forms.right(f"{after} after it", text + after)
        forms.right("full-width", full_width(text))
        forms.right("mathematical bold path", START + bold(path))
        forms.right("the signature broken over two lines", text[:60] + "\r\n" + text[60:])
        forms.right("the signature broken by spaces", text[:70] + "  " + text[70:])
        forms.wrong("the signature with a hyphen", text.replace(stamp.digits, stamp.digits[:50] + "-" + stamp.digits[50:]))
        grouped = text.replace(stamp.serial, stamp.printed)
        forms.right("the serial as printed", grouped)
        forms.right("the serial with spaces", text.replace(stamp.serial, stamp.printed.replace("-", " ")))
        for code in INVISIBLE:
            for at in (len(text), len(START) + 5, text.index(stamp.serial) + 6):
                forms.right(f"U+{code:04X} at {at}", text[:at] + chr(code) + text[at:])
            forms.unsigned(f"U+{code:04X} in a typed serial", stamp.printed[:7] + chr(code) + stamp.printed[7:])
        for code in DASHES:
            dashed = stamp.printed.replace("-", chr(code))
            forms.unsigned(f"U+{code:04X} as a hyphen", dashed)
            forms.right(f"U+{code:04X} as a hyphen in an address", text.replace(stamp.serial, dashed))
        for code in SPACES:
            forms.unsigned(f"U+{code:04X} between groups", stamp.printed.replace("-", chr(code)))
            forms.right(f"U+{code:04X} around an address", chr(code) + text + chr(code))
    number = plain.serial
    for what, text in [
        ("as printed", plain.printed), ("lower case", plain.printed.lower()), ("no hyphens", number),
        ("full stops", plain.printed.replace("-", ".")), ("hyphens everywhere", "-".join(number)),
        ("spaces everywhere", " ".join(number)), ("full-width", full_width(plain.printed)), ("bold", bold(plain.printed)),
        ("circled letters", circled(plain.printed)), ("an ellipsis", plain.printed.replace("-", "…")),
        ("O for 0", plain.printed.replace("0", "O")), ("o for 0", plain.printed.replace("0", "o")),
        ("I for 1", plain.printed.replace("1", "I")), ("l for 1", plain.printed.replace("1", "l")),
        ("i for 1, L for 1", plain.printed.replace("1", "i").lower()),
    ]:
        forms.unsigned(f"typed: {what}", text)
    for stamp in (compact, compact_gtin):
        for text in (stamp.qr_text, stamp.qr_text.lower(), stamp.printed, stamp.serial, f"{START}/T/{stamp.printed}",
                     stamp.qr_text + ").", full_width(stamp.qr_text)):
            forms.unsigned("a code without signature by its profile", text, "valid")
    forms.unsigned("GTIN-13 on a code without signature", compact_gtin.qr_text.replace("/09521", "/9521"), "valid")


def escapes(forms, plain, with_gtin):
    def escaped(text, only=None, lower=False):
        return "".join(f"%{b:02X}" if only is None or chr(b) in only else chr(b) for b in text.encode())

    for stamp in (plain, with_gtin):
        text = stamp.qr_text
        forms.right("the whole address escaped", escaped(text))
        forms.right("colon and slashes escaped", escaped(text, ":/"))
        forms.right("the same, lower-case digits", escaped(text, ":/").replace("%2F", "%2f").replace("%3A", "%3a"))
        forms.right("the serial escaped", text.replace(stamp.serial, escaped(stamp.serial)))
        forms.right("the signature escaped", text.replace(stamp.digits, escaped(stamp.digits)))
        forms.right("hyphens escaped", text.replace(stamp.serial, stamp.printed.replace("-", "%2D")))
        forms.right("spaces escaped", text.replace(stamp.serial, stamp.printed.replace("-", "%20")))
        forms.right("an escaped zero width space at the end", text + "%E2%80%8B")
        forms.right("an escaped non-breaking hyphen", text.replace(stamp.serial, stamp.printed.replace("-", "%E2%80%91")))
        forms.right("an escaped question mark and more", text + "%3Fx=y")
        forms.mistyped("escapes escaped", text.replace(stamp.serial, stamp.printed.replace("-", "%252D")), "symbol")
        for broken in ("%", "%2", "%G1", "%-1", "%u0041", "%FF", "%C3", "%00"):
            spoilt = stamp.serial[:5] + broken + stamp.serial[5:]
            if "%2" == broken:
                spoilt = stamp.serial[:5] + "%2" + "Z" + stamp.serial[5:]
            if "%" == broken:
                spoilt = stamp.serial[:5] + "%Z" + stamp.serial[5:]
            forms.mistyped(f"an escape that is none, {broken}", text.replace(stamp.serial, spoilt), "symbol")
    forms.unsigned("a typed serial escaped", escaped(plain.serial))
    forms.mistyped("a typed serial escaped twice", escaped(escaped(plain.serial)), "symbol")
    forms.right("T escaped", plain.qr_text.replace("/T/", "/%54/"))
    forms.right("t escaped", plain.qr_text.replace("/T/", "/%74/"))
    forms.right("01 and 21 escaped", with_gtin.qr_text.replace("/01/", "/%30%31/").replace("/21/", "/2%31/"))


def surroundings(forms, plain, with_gtin):
    for stamp in (plain, with_gtin):
        text = stamp.qr_text
        for mark in AROUND:
            forms.right(f"{mark} after it", text + mark)
            forms.right(f"{mark} on both sides", mark + text + mark)
            forms.unsigned(f"{mark} on both sides of a typed serial", mark + stamp.printed + mark)
        for after in (").", ">,", ".\u200b", "…", "!!!", ")\u00a0", "\n", " \r\n", "**", "_", "’."):
            forms.right(f"{after!r} after it", text + after)
        for before in ("Tem: ", "Xem tại ", "Mã của tôi đây: (", "Chị ơi ", "\u200b", "> ", "[tem](", "Link "):
            forms.right(f"{before!r} before it", before + text)
        for after in (" nhé", " cảm ơn chị", "\nGửi từ Zalo", " ạ.", ") xem giúp em", "\tX", " rồi/nhé"):
            forms.right(f"{after!r} after it", text + after)
            if "/" not in after:
                forms.unsigned(f"{after!r} after a code without its signature", f"{START}/T/{stamp.serial}{after}")
        forms.right("words on both sides", f"Em gửi link {text} chị kiểm tra giúp")
    for label in ("Số sê-ri: ", "Số sê-ri ", "số sê-ri:", "SỐ SÊ-RI ", "Số seri: ", "Số seri ", "So se-ri ", "so seri ",
                  "Số sê-ri trên tem: ", "Số sê-ri trên tem ", "Serial number: ", "Serial number ", "SERIAL ",
                  "serial: ", "Serial number on the stamp ", "Mã: ", "Tem số: ", "“Số sê-ri: ", "Số sê\u2011ri: ",
                  unicodedata.normalize("NFD", "Số sê-ri: "), unicodedata.normalize("NFD", "Số sê-ri ")):
        forms.unsigned(f"{label!r} before it", label + plain.printed)
    for text in ("", " ", "/", "//", "T", "/T", "/T/", "/T//", "https://", START, START + "/", START + "/T/", "-", ".",
                 "\u200b", "?", "#", "%", "01", "/01/", START + "/01/", "://", "T/", "()", ":", "Số sê-ri:"):
        forms.mistyped(f"nothing to read, {text!r}", text, "symbol" if text == "%" else "length")
    for text, why in [("xin chào", "keyboard"), ("hello world", "length"), ("🦆" * 12, "symbol"), ("https://zalo.me", "length"),
                      ("Україна", "symbol"), ("<script>alert(1)</script>", "length"), ("' OR 1=1 --", "symbol"),
                      ("\x00", "symbol"), ("../../etc/passwd", "length")]:
        forms.mistyped(f"something else, {text[:12]!r}", text, why)


def keyboards(forms, plain, with_gtin):
    for at, letter in enumerate(MARKED + MARKED.upper()):
        number = plain.serial
        place = 4 + at % 8
        marked = number[:place] + letter + number[place + 1:]
        forms.mistyped(f"a Vietnamese keyboard made {letter}", marked, "keyboard")
        if at % 2:
            forms.mistyped(f"the same decomposed, {letter}", unicodedata.normalize("NFD", marked), "keyboard")
        if at % 4 == 0:
            forms.mistyped(f"the same in an address, {letter}", with_gtin.text(with_gtin.serial[:place] + letter), "keyboard")
    forms.mistyped("a mark on a letter", "0002-0ÁPC-AV95", "keyboard")
    for letter in "üñçåøßþæœ":
        marked = plain.serial[:6] + letter + plain.serial[7:]
        why = {"ñ": "keyboard"}.get(letter, "symbol")
        forms.mistyped(f"a letter of another language, {letter}", marked, why)


def all_forms(keys, codes, base36, serial_of):
    first, _, _ = keys
    plain, with_gtin, compact, compact_gtin, *short = [Stamp(code, first.sign) for code in codes]
    forms = Forms()
    symbols_and_swaps(forms, plain, with_gtin)
    product_numbers(forms, plain, with_gtin, compact, compact_gtin, short)
    signatures(forms, keys, plain, with_gtin, base36, serial_of)
    spellings(forms, plain, with_gtin, compact, compact_gtin)
    escapes(forms, plain, with_gtin)
    surroundings(forms, plain, with_gtin)
    keyboards(forms, plain, with_gtin)
    return forms.all
