"""reportlab, symbols by zxing-cpp, as images of one pixel a module."""

import zxingcpp
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import job
import reportlab_page

SIDE = job.MODULES * job.MODULE_PT


def draw_symbol(canvas: Canvas, text: str, x: float, y: float) -> None:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCodeModel2, ec_level="M")
    modules = memoryview(code.to_image(scale=1, add_quiet_zones=False))
    canvas.drawImage(ImageReader(Image.frombuffer("L", modules.shape, modules)), x, y, SIDE, SIDE)


if __name__ == "__main__":
    reportlab_page.write(*job.arguments(), draw_symbol)
