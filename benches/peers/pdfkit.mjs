// pdfkit, symbols by qrcode, as one path of runs of modules. The numbers are those of job.py.

import { createWriteStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(here, "../../target/peers/"));
const PDFDocument = require("pdfkit");
const qrcode = require("qrcode");

const font = (name) => join(here, "../../fonts", name);

const PT = 72 / 25.4;
const SHEET = [210, 297];
const [COLUMNS, ROWS] = [7, 9];
const [WIDTH, PITCH, FIRST] = [24, [27, 31], [12, 9.5]];
const [MODULE_PT, MODULES] = [1.2, 41];
const SYMBOL_PT = MODULE_PT * MODULES;
const SYMBOL_AT = [(WIDTH * PT - SYMBOL_PT) / 2, 13.7 * PT - SYMBOL_PT / 2];
const TEXT = "Bộ ấm chén gốm sứ chim én hoa sen";
const [RED, GOLD, BLACK] = [[10, 100, 90, 22], [0, 22, 85, 0], [0, 0, 0, 100]];
const FRAME = [0.5, 0.5, 23, 29];
const art = readFileSync(join(here, "design/art.svg"), "utf8");
const STARS = [...art.matchAll(/ d="([^"]+)"/g)].map((match) => match[1]).join(" ");

function stamps(path) {
  const lines = readFileSync(path, "utf8").trim().split("\n").slice(1);
  return lines.map((line) => line.trim().split(","));
}

function drawArt(doc) {
  doc.save().scale(PT);
  doc.rect(...FRAME).lineWidth(0.2).stroke(RED);
  doc.path(STARS).fill(GOLD);
  doc.restore();
}

function drawSymbol(doc, text) {
  const { data, size } = qrcode.create(text, { errorCorrectionLevel: "M" }).modules;
  doc.save().translate(...SYMBOL_AT).scale(MODULE_PT);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const start = column;
      while (column < size && data[row * size + column]) column++;
      if (column > start) doc.rect(start, row, column - start, 1);
    }
  }
  doc.fill(BLACK).restore();
}

// By font: all serials are as wide as the first, and the text is always the same.
const lefts = {};

function drawLine(doc, text, name, size, baseline) {
  doc.font(name, size).fillColor(BLACK);
  lefts[name] ??= (WIDTH * PT - doc.widthOfString(text)) / 2;
  doc.text(text, lefts[name], baseline * PT, { lineBreak: false, baseline: "alphabetic" });
}

function drawStamp(doc, cell, serial, url) {
  const x = FIRST[0] + (cell % COLUMNS) * PITCH[0];
  const y = FIRST[1] + Math.floor(cell / COLUMNS) * PITCH[1];
  doc.save().translate(x * PT, y * PT);
  drawArt(doc);
  drawSymbol(doc, url);
  drawLine(doc, serial, "mono", 6, 26.1);
  drawLine(doc, TEXT, "plain", 4, 28.2);
  doc.restore();
}

const [csv, pdf] = process.argv.slice(2);
const doc = new PDFDocument({ autoFirstPage: false, margin: 0 });
doc.pipe(createWriteStream(pdf));
doc.registerFont("mono", font("JetBrainsMono-Medium.ttf"));
doc.registerFont("plain", font("BarlowCondensed-Medium.ttf"));
stamps(csv).forEach(([serial, url], index) => {
  const cell = index % (COLUMNS * ROWS);
  if (cell === 0) doc.addPage({ size: SHEET.map((length) => length * PT), margin: 0 });
  drawStamp(doc, cell, serial, url);
});
doc.end();
