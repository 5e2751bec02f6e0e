// Files before and after their way: how they are called, how large they are, what cannot be brought.

import { t } from "./strings.ts";

export type FileKind =
  | "image"
  | "pdf"
  | "audio"
  | "video"
  | "sheet"
  | "slides"
  | "document"
  | "text"
  | "archive"
  | "other";

const WORDS: readonly [FileKind, RegExp][] = [
  ["image", /^image\//],
  ["audio", /^audio\//],
  ["video", /^video\//],
  ["pdf", /pdf$/],
  ["sheet", /spreadsheet|ms-excel|csv$/],
  ["slides", /presentation|ms-powerpoint/],
  ["document", /wordprocessing|msword|opendocument\.text|rtf$/],
  ["text", /^text\//],
  ["archive", /zip|compressed|x-tar|gzip/],
];

/** What a person would call a file of this media type. */
export function kindOfType(type: string): FileKind {
  return WORDS.find(([, pattern]) => pattern.test(type))?.[0] ?? "other";
}

/** « 1,4 Mo »: decimal, as French systems and browsers count. */
export function sizeText(bytes: number): string {
  const units = t.files.units;
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1_000;
    unit++;
  }
  const digits = unit > 0 && size < 99.5 ? 1 : 0;
  const number = size.toLocaleString("fr-FR", { maximumFractionDigits: digits });
  return `${number}\u00a0${units[unit]}`;
}

const SHOWN: readonly FileKind[] = ["pdf", "image"];

/** What a browser shows by itself in a tab of its own; a sound or a film has its player, all else is saved. */
export function opens({ type }: { type: string }): boolean {
  return SHOWN.includes(kindOfType(type));
}

export const hrefOfFile = (key: string): string => `/fichier/${key}`;
export const hrefToSave = (key: string): string => `/fichier/${key}?telecharger=1`;
export const hrefOfThumbnail = (key: string): string => `/vignette/${key}`;

export interface FileLimits {
  file_bytes: number;
  image_bytes: number;
}

/** Why a file need not even leave; undefined where nothing speaks against it. */
export function whyNotBring(
  { name, size, type }: { name: string; size: number; type: string },
  limits: FileLimits,
): string | undefined {
  const isImage = kindOfType(type) === "image";
  if (size === 0) {
    return t.files.isEmpty(name);
  }
  if (size > limits.file_bytes) {
    return t.files.tooLarge(name, sizeText(size), sizeText(limits.file_bytes));
  }
  return isImage && size > limits.image_bytes
    ? t.files.imageTooLarge(name, sizeText(size), sizeText(limits.image_bytes))
    : undefined;
}

/** A file that was moved or written meanwhile can no longer be read by the page. */
export async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

const pad = (n: number) => String(n).padStart(2, "0");

/** What is pasted has no name of its own: « Capture du 2026-11-22 à 14.05.09.png ». */
export function nameOfPasted(type: string, now = new Date()): string {
  const day = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
  const hour = [now.getHours(), now.getMinutes(), now.getSeconds()].map(pad).join(".");
  const ending = /^image\/(\w+)/.exec(type)?.[1] ?? "png";
  return `${t.files.pasted(day, hour)}.${ending === "jpeg" ? "jpg" : ending}`;
}
