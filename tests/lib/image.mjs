// A picture with a word in it that nobody sees, and one that cannot be read.
import { crc32, deflateSync } from "node:zlib";

export const secret = "48.8566N 2.3522E";

const crc = (data) => {
  if (crc32) return crc32(data) >>> 0;
  let sum = ~0; // Node 18 has no crc32
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
};

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** Red, with a text chunk. */
export function png(width, height) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + 3 * width);
  for (let x = 0; x < width; x++) row[1 + 3 * x] = 255;
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("tEXt", Buffer.from(`Comment\0${secret}`)),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

export const broken = Buffer.concat([png(3, 2).subarray(0, 60), Buffer.alloc(100, 255)]);

// What only their beginnings say: nothing draws them.
export const heic = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic".padEnd(200, "\0"), "latin1");
export const tiff = Buffer.from("II*\0\x08\0\0\0".padEnd(200, "\0"), "latin1");
