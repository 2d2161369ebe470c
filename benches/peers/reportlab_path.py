"""reportlab, symbols by segno, as one path of runs of modules."""

import segno
from reportlab.pdfgen.canvas import Canvas
from segno import consts

import job
import reportlab_page


def draw_symbol(canvas: Canvas, text: str, x: float, y: float) -> None:
    # In two parts, as segno does not look for them itself: lower case does not fit the alphanumeric mode.
    parts = [(text[:8], consts.MODE_BYTE), (text[8:], consts.MODE_ALPHANUMERIC)]
    rows = segno.make_qr(parts, error="m", boost_error=False).matrix
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        for start, length in job.runs(row):
            path.rect(start, len(rows) - 1 - number, length, 1)
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(job.MODULE_PT, job.MODULE_PT)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


if __name__ == "__main__":
    reportlab_page.write(*job.arguments(), draw_symbol)
