// A PDF with words in it, for what reads them: one page of text after the other.

/** @param {string[]} pages; letters of Western Europe. @returns {Buffer} */
export function pdf(pages) {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${4 + 2 * i} 0 R`).join(" ")}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  ];
  pages.forEach((text, i) => {
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      stream(`BT /F1 11 Tf 14 TL 50 790 Td ${lines(text).map(shown).join(" ")} ET`),
    );
  });
  return assembled(objects);
}

const WIN_ANSI = {
  "€": 0x80,
  "…": 0x85,
  "‘": 0x91,
  "’": 0x92,
  "“": 0x93,
  "”": 0x94,
  "–": 0x96,
  œ: 0x9c,
  Œ: 0x8c,
};

/** Lines of about ninety characters, cut between words. */
function lines(text) {
  return text.split("\n").flatMap((line) => line.match(/.{1,90}(?: |$)/g) ?? [""]);
}

function shown(line) {
  const bytes = [...line].map((c) => WIN_ANSI[c] ?? (c.charCodeAt(0) < 256 ? c.charCodeAt(0) : 63));
  return `<${Buffer.from(bytes).toString("hex")}> Tj T*`;
}

const stream = (content) => `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;

function assembled(objects) {
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const offset = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + table + trailer, "latin1");
}
