"""gLabels 3 as a batch: a label with fields, merged with the CSV; symbols by libqrencode, which gLabels asks for level M."""

import os
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

import job

LABEL = """<?xml version="1.0"?>
<Glabels-document xmlns="http://glabels.org/xmlns/3.0/">
  <Template brand="ocop-stamp" part="peers" size="A4">
    <Label-rectangle id="0" width="{width}mm" height="{height}mm" round="0mm" x_waste="0mm" y_waste="0mm">
      <Layout nx="{columns}" ny="{rows}" x0="{x0}mm" y0="{y0}mm" dx="{dx}mm" dy="{dy}mm"/>
    </Label-rectangle>
  </Template>
  <Objects id="0" rotate="False">
    <Object-image x="0mm" y="0mm" w="{width}mm" h="{height}mm" src={art} {upright}/>
    <Object-barcode x="{x}mm" y="{y}mm" w="{symbol}mm" h="{symbol}mm" backend="libqrencode" style="IEC18004" text="False"
      checksum="True" color="0x000000ff" field="url" {upright}/>
    {serial}
    {text}
  </Objects>
  <Merge type="Text/Comma/Line1Keys" src={csv}/>
  <Data/>
</Glabels-document>
"""
LINE = """<Object-text x="0mm" y="{y}mm" w="{width}mm" h="{height}mm" justify="Center" valign="Center"
      auto_shrink="False" {upright}><Span font_family="{family}" font_size="{size}" font_weight="Regular"
      font_italic="False" color="0x000000ff" line_spacing="1">{content}</Span></Object-text>"""
UPRIGHT = 'a0="1.0" a1="0.0" a2="0.0" a3="1.0" a4="0.0" a5="0.0"'
# Only the fonts of the job, by the family names fontconfig gives them.
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


def label(csv: Path) -> str:
    return LABEL.format(
        width=job.STAMP[0],
        height=job.STAMP[1],
        upright=UPRIGHT,
        columns=job.COLUMNS,
        rows=job.ROWS,
        x0=job.FIRST[0],
        y0=job.FIRST[1],
        dx=job.PITCH[0],
        dy=job.PITCH[1],
        art=quoteattr(str(job.ART)),
        x=job.SYMBOL_AT[0],
        y=job.SYMBOL_AT[1],
        symbol=job.SYMBOL,
        serial=line(24.2, 2.6, "JetBrains Mono", job.SERIAL_PT, '<Field name="serial"/>'),
        text=line(26.6, 2.2, "Barlow Condensed", job.TEXT_PT, job.TEXT),
        csv=quoteattr(str(csv.resolve())),
    )


def line(y: float, height: float, family: str, size: float, content: str) -> str:
    place = {"y": y, "width": job.STAMP[0], "height": height, "upright": UPRIGHT}
    return LINE.format(family=family, size=size, content=content, **place)


def write(csv: Path, pdf: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "stamps.glabels")
        file.write_text(label(csv))
        fonts = Path(folder, "fonts.conf")
        fonts.write_text(FONTCONFIG.format(fonts=job.FONTS, cache=folder))
        command = ["glabels-3-batch", f"--output={pdf.resolve()}", str(file)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"FONTCONFIG_FILE": str(fonts)})


if __name__ == "__main__":
    write(*job.arguments())
