// A picture of a page in a third of its bytes: the 256 colours that are most in it, each other one as the nearest of
// these. What is flat stays exact; what moves a little is the grey of the edges of letters.
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const COLOURS = 256;

/** The PNG of Chromium (8 bits, RGB or RGBA, not interlaced) as one with a palette; alpha is left out. */
export function withPalette(png) {
  const { width, height, pixels } = decode(png);
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const often = [...counts].sort(([a, n], [b, m]) => m - n || a - b).map(([colour]) => colour);
  const palette = often.slice(0, COLOURS);
  const indexOf = new Map(often.map((colour) => [colour, nearest(palette, colour)]));
  const rows = Buffer.alloc((width + 1) * height); // each begins with 0: no filter
  pixels.forEach((colour, i) => {
    rows[i + Math.floor(i / width) + 1] = indexOf.get(colour);
  });
  return encode(width, height, palette, rows);
}

function nearest(palette, colour) {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  palette.forEach((one, i) => {
    const far = [16, 8, 0]
      .map((shift) => ((one >> shift) & 255) - ((colour >> shift) & 255))
      .reduce((sum, d) => sum + d * d, 0);
    if (far < least) [best, least] = [i, far];
  });
  return best;
}

/** @returns {{width: number, height: number, pixels: Uint32Array}} pixels as 0xRRGGBB */
function decode(png) {
  const parts = { IDAT: [] };
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const name = png.toString("latin1", at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (name === "IDAT") parts.IDAT.push(data);
    else parts[name] = data;
    at += length + 12;
  }
  const width = parts.IHDR.readUInt32BE(0);
  const height = parts.IHDR.readUInt32BE(4);
  const [depth, type, , , interlaced] = parts.IHDR.subarray(8);
  if (depth !== 8 || ![2, 6].includes(type) || interlaced) throw new Error("not such a PNG");
  const bytes = type === 2 ? 3 : 4;
  const rows = unfilter(inflateSync(Buffer.concat(parts.IDAT)), width * bytes, height, bytes);
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = rows.readUIntBE(i * bytes, 3);
  return { width, height, pixels };
}

/** Each byte is told as what it differs from the one left, above, or of both (PNG 9.2). */
function unfilter(data, stride, height, bytes) {
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < bytes ? 0 : rows[at - bytes];
      const above = y === 0 ? 0 : rows[at - stride];
      const corner = x < bytes || y === 0 ? 0 : rows[at - stride - bytes];
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter];
      rows[at] = data[y * (stride + 1) + 1 + x] + guess;
    }
  }
  return rows;
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((one) => Math.abs(guess - one));
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

function encode(width, height, palette, rows) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // 8 bits, palette
  const colours = Buffer.alloc(palette.length * 3);
  palette.forEach((colour, i) => {
    colours.writeUIntBE(colour, i * 3, 3);
  });
  return Buffer.concat([
    SIGNATURE,
    part("IHDR", header),
    part("PLTE", colours),
    part("IDAT", deflateSync(rows, { level: 9 })),
    part("IEND", Buffer.alloc(0)),
  ]);
}

function part(name, data) {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, sum]);
}
