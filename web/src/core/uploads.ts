// Files on their way in: two at a time, taken up again after a cut, known by the place they are for.
// Owns the files a page was given and what this browser remembers of them. A reload loses the files
// themselves, for no page may keep them: what the server has of them waits a day for the same file.

import { effect, signal, untracked } from "@preact/signals";
import { isReadable, sizeText, whyNotBring } from "./filing.ts";
import { ask, limits, line, send, state, writable } from "./live.ts";
import { isPassing, messageOf, Refusal, Unreachable } from "./problem.ts";
import { backoffMs } from "./rpc.ts";
import { adopt, dropStored, dropStoredAll, store } from "./stored.ts";
import { t } from "./strings.ts";
import type { File as SharedFile } from "./types.ts";

export interface Upload {
  id: string; // in this browser
  person: number;
  place: string; // what it is for: "c12", "t34", "form.event.5"
  name: string;
  bytes: number;
  modified: number; // of the file, ms since 1970: whether it is the same
  at: number;
  sent: number;
  /** lost: a reload took the file away; only the same one carries on */
  status: "waiting" | "sending" | "checking" | "ready" | "failed" | "lost";
  key?: string; // once the server knows it
  file?: SharedFile; // once it is there
  error?: string;
}

const AT_ONCE = 2;
const UNDER_WAY: readonly Upload["status"][] = ["waiting", "sending", "checking"];

export const uploads = signal<readonly Upload[]>([]);
const given = new Map<string, File>();
const running = new Map<string, AbortController>();
const attempts = new Map<string, number>();
const pausedUntil = new Map<string, number>();

export const uploadsOf = (place: string): Upload[] =>
  uploads.value.filter((upload) => upload.place === place);
export const isUnderWay = ({ status }: Upload): boolean => UNDER_WAY.includes(status);

export interface Taken {
  ids: string[];
  refused: string[]; // why, one sentence a file
}

/** Takes files in for a place that holds at most `max`; what cannot be brought is not begun. */
export function addFiles(place: string, files: readonly File[], max: number): Taken {
  const taken: Taken = { ids: [], refused: [] };
  let room = max - uploadsOf(place).length;
  for (const file of files) {
    const why = room > 0 ? whyNotBring(file, limits.peek()) : t.files.tooMany(max);
    if (why) {
      taken.refused = [...new Set([...taken.refused, why])];
    } else {
      room--;
      taken.ids.push(addOne(place, file));
    }
  }
  pump();
  return taken;
}

function addOne(place: string, file: File): string {
  const id = crypto.randomUUID();
  const upload: Upload = {
    id,
    person: state.peek().me.id,
    place,
    name: file.name,
    bytes: file.size,
    modified: file.lastModified,
    at: Date.now(),
    sent: 0,
    status: "waiting",
  };
  given.set(id, file);
  store(upload);
  uploads.value = [...uploads.peek(), upload];
  return id;
}

/** Another use of what is on its way: of the composer, then of the message. */
export function moveUploads(ids: readonly string[], place: string): void {
  for (const id of ids) {
    change(id, { place });
  }
}

/** Stops it and has the server forget it. */
export function cancelUpload(id: string): void {
  const upload = find(id);
  running.get(id)?.abort();
  forgetUpload(id);
  dropThere(upload?.key);
}

function dropThere(key: string | undefined): void {
  if (key) {
    send("file.drop", { key }).catch(() => {}); // else the server drops it in a day
  }
}

/** It belongs to a message, an event or an edition now: nothing is left to remember. */
export function forgetUpload(id: string): void {
  dropStored(id);
  given.delete(id);
  attempts.delete(id);
  pausedUntil.delete(id);
  uploads.value = uploads.peek().filter((upload) => upload.id !== id);
  pump();
}

/** After a refusal it begins anew: what the server refused, it did not keep. */
export function retryUpload(id: string): void {
  change(id, { status: given.has(id) ? "waiting" : "lost", error: undefined });
  pump();
}

/** The same file again, after a reload. @returns why it is not taken */
export function giveAgain(id: string, file: File): string | undefined {
  const upload = find(id);
  const same =
    upload &&
    upload.name === file.name &&
    upload.bytes === file.size &&
    upload.modified === file.lastModified;
  if (!same) {
    return t.files.notTheSame(upload?.name ?? file.name);
  }
  given.set(id, file);
  change(id, { status: "waiting", error: undefined });
  pump();
  return undefined;
}

/** Takes up what a reload, or a tab that closed, left; `then` when some came. */
export function restoreUploads(person: number, then: () => void): void {
  uploads.value = uploads.peek().filter((upload) => upload.person === person);
  adopt(person, (found) => {
    const known = new Set(uploads.peek().map(({ id }) => id));
    const ours = found.filter(({ id }) => !known.has(id));
    const lost = ours.map((one) => (one.status === "ready" ? one : { ...one, status: "lost" }));
    uploads.value = [...uploads.peek(), ...(lost as Upload[])];
    then();
    for (const upload of ours) {
      void lookAgain(upload);
    }
  });
}

/** How far the server has got with a file that the page no longer has. */
async function lookAgain({ id, key, status }: Upload): Promise<void> {
  if (!key || status === "ready") {
    return;
  }
  try {
    const { file, received, whole } = await ask("file.get", { key });
    change(id, whole ? { status: "ready", file, sent: received } : { sent: received });
  } catch (error) {
    if (error instanceof Refusal) {
      change(id, { key: undefined, sent: 0 });
    }
  }
}

/** At log-out nothing of the person stays in the browser, nor goes on leaving it. */
export function clearUploads(): void {
  for (const controller of running.values()) {
    controller.abort();
  }
  dropStoredAll();
  given.clear();
  uploads.value = [];
}

const find = (id: string) => uploads.peek().find((upload) => upload.id === id);

/** Members of `part` that are undefined are taken away. */
function change(id: string, part: { [K in keyof Upload]?: Upload[K] | undefined }): void {
  const old = find(id);
  if (old) {
    const all = Object.entries({ ...old, ...part }).filter(([, value]) => value !== undefined);
    const next = Object.fromEntries(all) as unknown as Upload;
    if (!("sent" in part && Object.keys(part).length === 1)) {
      store(next);
    }
    uploads.value = uploads.peek().map((upload) => (upload.id === id ? next : upload));
  }
}

function pump(): void {
  const now = Date.now();
  const next = uploads
    .peek()
    .filter(({ id, status }) => status === "waiting" && !running.has(id))
    .filter(({ id }) => (pausedUntil.get(id) ?? 0) <= now)
    .slice(0, AT_ONCE - running.size);
  for (const { id } of line.peek() === "online" ? next : []) {
    void run(id);
  }
}

async function run(id: string): Promise<void> {
  const upload = find(id);
  const file = given.get(id);
  if (!upload || !file) {
    return;
  }
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const why = await whyNoRoom(upload);
    if (why) {
      change(id, { status: "failed", error: why });
      return;
    }
    const { bring } = await loadTus();
    const key = await bring(file, upload.key, tellOf(id), controller.signal);
    change(id, { status: "checking" });
    const { file: shown } = await ask("file.get", { key });
    given.delete(id);
    change(id, { status: "ready", sent: upload.bytes, file: shown });
  } catch (error) {
    if (!controller.signal.aborted) {
      await afterError(id, file, error);
    }
  } finally {
    running.delete(id);
    pump();
  }
}

/** Fetched with the first file: most who open the page bring none. */
async function loadTus() {
  try {
    return await import("./tus.ts");
  } catch {
    throw new Unreachable();
  }
}

function tellOf(id: string) {
  return {
    key: (key: string) => change(id, { key, sent: 0 }),
    sent: (sent: number) => {
      if ((find(id)?.sent ?? 0) < sent) {
        attempts.delete(id);
      }
      change(id, find(id)?.status === "sending" ? { sent } : { sent, status: "sending" });
    },
    checking: () => change(id, { status: "checking" }),
  };
}

async function afterError(id: string, file: File, error: unknown): Promise<void> {
  if (!(await isReadable(file))) {
    change(id, { status: "failed", error: t.files.unreadable, key: undefined });
  } else if (isPassing(error)) {
    const attempt = attempts.get(id) ?? 0;
    const wait = backoffMs(attempt, Math.random());
    attempts.set(id, attempt + 1);
    pausedUntil.set(id, Date.now() + wait);
    setTimeout(pump, wait);
    change(id, { status: "waiting" });
  } else {
    dropThere(find(id)?.key);
    change(id, { status: "failed", error: messageOf(error), key: undefined, sent: 0 });
  }
}

/** Asked before anything leaves: whether there is room for it, and for what goes beside it. */
async function whyNoRoom({ id, key, bytes }: Upload): Promise<string | undefined> {
  if (key) {
    return undefined;
  }
  const { quota_bytes, used_bytes } = await ask("file.limits", {});
  const beside = uploads.peek().filter((one) => one.id !== id && running.has(one.id) && !one.key);
  const taken = beside.reduce((sum, one) => sum + one.bytes, used_bytes);
  const left = Math.max(0, quota_bytes - taken);
  return bytes > left ? t.files.overQuota(sizeText(left)) : undefined;
}

effect(() => {
  if (line.value === "online" && writable.value) {
    untracked(() => {
      pausedUntil.clear(); // the line is back, or the disk has room: no need to wait longer
      pump();
    });
  }
});

/** Leaving the page would cut what is under way: the browser asks first. */
window.addEventListener("beforeunload", (event) => {
  if (uploads.peek().some(isUnderWay)) {
    event.preventDefault();
  }
});
