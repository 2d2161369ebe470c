"""What both reportlab peers share: all of a sheet but its symbols. The artwork is a form, drawn in every place."""

from collections.abc import Callable
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import job

# Draws the symbol of a text with its lower left corner at a place in points.
DrawSymbol = Callable[[Canvas, str, float, float], None]


def write(csv: Path, pdf: Path, draw_symbol: DrawSymbol) -> None:
    rl_config.useA85 = 0  # streams as they are, not as ASCII
    pdfmetrics.registerFont(TTFont("Mono", job.MONO))
    pdfmetrics.registerFont(TTFont("Plain", job.PLAIN))
    size = (job.SHEET[0] * job.PT, job.SHEET[1] * job.PT)
    canvas = Canvas(str(pdf), pagesize=size, pageCompression=1)
    art(canvas)
    for sheet in job.sheets(job.stamps(csv)):
        for x, y, stamp in sheet:
            draw_stamp(canvas, x * job.PT, size[1] - (y + job.STAMP[1]) * job.PT, stamp, draw_symbol)
        canvas.showPage()
    canvas.save()


def up(y: float) -> float:
    """A height in a stamp in points from its lower edge."""
    return (job.STAMP[1] - y) * job.PT


def art(canvas: Canvas) -> None:
    canvas.beginForm("art", 0, 0, job.STAMP[0] * job.PT, job.STAMP[1] * job.PT)
    x, y, width, height = (length * job.PT for length in job.FRAME)
    canvas.setStrokeColorCMYK(*job.RED)
    canvas.setLineWidth(job.FRAME_LINE * job.PT)
    canvas.rect(x, y, width, height)
    canvas.setFillColorCMYK(*job.GOLD)
    path = canvas.beginPath()
    for star in job.stars():
        for corner, (x, y) in enumerate(star):
            (path.lineTo if corner else path.moveTo)(x * job.PT, up(y))
        path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.endForm()


def draw_stamp(canvas: Canvas, left: float, bottom: float, stamp: job.Stamp, draw_symbol: DrawSymbol) -> None:
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.doForm("art")
    canvas.setFillColorCMYK(0, 0, 0, 1)
    draw_symbol(canvas, stamp.url, job.SYMBOL_AT[0] * job.PT, up(job.SYMBOL_AT[1] + job.SYMBOL))
    middle = job.STAMP[0] / 2 * job.PT
    canvas.setFont("Mono", job.SERIAL_PT)
    canvas.drawCentredString(middle, up(job.SERIAL_BASELINE), stamp.serial)
    canvas.setFont("Plain", job.TEXT_PT)
    canvas.drawCentredString(middle, up(job.TEXT_BASELINE), job.TEXT)
    canvas.restoreState()
