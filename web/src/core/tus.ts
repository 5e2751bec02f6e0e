// The client's half of tus 1.0.0 (https://tus.io/protocols/resumable-upload): creation, HEAD, PATCH.
// Knows nothing of what is brought, nor of when to try again.

import { problemIn } from "./http.ts";
import { Refusal, Unreachable } from "./problem.ts";

export interface Asked {
  method: "POST" | "HEAD" | "PATCH";
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: Blob;
  onSent?: (bytes: number) => void;
  signal?: AbortSignal;
}
export interface Answered {
  status: number;
  header: (name: string) => string | null;
  text: string;
}
/** Rejects with Unreachable when no answer came. */
export type Transport = (asked: Asked) => Promise<Answered>;

/** Where it is told what becomes of an upload. */
export interface Tell {
  key: (key: string) => void; // the server knows it under this key
  sent: (bytes: number) => void; // of the whole file
  checking: () => void; // all has left; the server looks at it
}

const FILES = "/fichiers";
const PIECE_BYTES = 16 * 1024 * 1024; // after so many the server has made sure of what came
const STALLED_MS = 30_000; // nothing leaves any more
const ANSWER_MS = 180_000; // all has left: a large image takes its time
const CONFLICT = 409;
const LOCKED = 423;
const VERSION = { "Tus-Resumable": "1.0.0" };
const TYPE = { "Content-Type": "application/offset+octet-stream" };

/**
 * Brings a whole file over, from wherever the server has got to. @returns its key
 * @param key under which a part of it may be there already
 */
export async function bring(
  file: Blob & { name: string },
  key: string | undefined,
  tell: Tell,
  signal: AbortSignal,
  transport: Transport = throughXhr,
): Promise<string> {
  const known = key === undefined ? undefined : await offsetOf(key, file.size, signal, transport);
  let offset = known ?? 0;
  let name = key;
  if (name === undefined || known === undefined) {
    name = await create(file, signal, transport);
    tell.key(name);
  }
  while (offset < file.size) {
    tell.sent(offset);
    const from = offset;
    const piece = file.slice(from, from + PIECE_BYTES);
    const last = from + piece.size === file.size;
    const onSent = (bytes: number) => {
      tell.sent(from + bytes);
      if (last && bytes >= piece.size) {
        tell.checking();
      }
    };
    offset = await patch(name, from, { body: piece, onSent, signal }, transport);
  }
  return name;
}

async function create(
  { name, size }: { name: string; size: number },
  signal: AbortSignal,
  transport: Transport,
): Promise<string> {
  const headers = {
    ...VERSION,
    "Upload-Length": String(size),
    "Upload-Metadata": `filename ${base64(name)}`,
  };
  const answered = await transport({ method: "POST", path: FILES, headers, signal });
  const key = answered.header("Location")?.split("/").pop();
  if (answered.status !== 201 || !key) {
    throw refusalIn(answered);
  }
  return key;
}

/**
 * How much of it the server is sure of; undefined: it does not know it, or no more. A HEAD has no body
 * to say why: what else is wrong, the creation that follows says. All of it is there where the server says
 * so, though a picture that was drawn anew is of another length than the one that was sent.
 */
async function offsetOf(
  key: string,
  size: number,
  signal: AbortSignal,
  transport: Transport,
): Promise<number | undefined> {
  const path = `${FILES}/${key}`;
  const answered = await transport({ method: "HEAD", path, headers: VERSION, signal });
  if (answered.status >= 400 && answered.status < 500) {
    return undefined;
  }
  const offset = offsetIn(answered);
  return answered.header("Upload-Length") === String(offset) ? size : offset;
}

/** One piece from `offset` on. @returns how far the server is now */
async function patch(
  key: string,
  offset: number,
  rest: Pick<Asked, "body" | "onSent" | "signal">,
  transport: Transport,
): Promise<number> {
  const headers = { ...VERSION, ...TYPE, "Upload-Offset": String(offset) };
  const path = `${FILES}/${key}`;
  const answered = await transport({ method: "PATCH", path, headers, ...rest });
  if (answered.status === CONFLICT || answered.status === LOCKED) {
    throw new Unreachable(); // what was cut is still being written down: ask again where it is
  }
  return offsetIn(answered);
}

function offsetIn(answered: Answered): number {
  const offset = Number(answered.header("Upload-Offset") ?? Number.NaN);
  if (answered.status >= 300 || !Number.isSafeInteger(offset)) {
    throw refusalIn(answered);
  }
  return offset;
}

function refusalIn({ text }: Answered): Error {
  const problem = problemIn(text);
  return problem ? new Refusal(problem) : new Unreachable();
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** fetch() does not tell how much has left. A line that died unsaid is given up after a while. */
function throughXhr({ method, path, headers, body, onSent, signal }: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    let patience = 0;
    const expect = (ms: number) => {
      clearTimeout(patience);
      patience = window.setTimeout(() => xhr.abort(), ms);
    };
    const fail = () => reject(new Unreachable());
    xhr.open(method, path);
    for (const [name, value] of Object.entries(headers)) {
      xhr.setRequestHeader(name, value);
    }
    xhr.setRequestHeader("Accept-Language", "fr");
    xhr.upload.onprogress = ({ loaded }) => {
      expect(STALLED_MS);
      onSent?.(loaded);
    };
    xhr.upload.onload = () => expect(ANSWER_MS);
    xhr.onloadend = () => clearTimeout(patience);
    xhr.onload = () =>
      resolve({
        status: xhr.status,
        header: (name) => xhr.getResponseHeader(name),
        text: xhr.responseText,
      });
    xhr.onerror = fail;
    xhr.onabort = fail;
    signal?.addEventListener("abort", () => xhr.abort(), { once: true });
    expect(body ? STALLED_MS : ANSWER_MS);
    xhr.send(body ?? null);
  });
}
