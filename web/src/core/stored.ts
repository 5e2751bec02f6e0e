// What a browser remembers of files on their way in, past a reload. Each is one tab's, which says by a
// lock that it lives: what a tab left behind, another takes up, and never what a living one is sending.

import type { Upload } from "./uploads.ts";

const PREFIX = "beffroi.upload.";
const TAB_LOCK = "beffroi.tab.";
const KEPT_MS = 24 * 60 * 60_000; // as long as the server keeps what nobody placed
const tab = crypto.randomUUID();
let held = false;

type Stored = Upload & { tab: string };

export function store(upload: Upload): void {
  holdTab();
  try {
    localStorage.setItem(PREFIX + upload.id, JSON.stringify({ ...upload, tab } satisfies Stored));
  } catch {
    // Storage full or forbidden: the file still leaves from this tab.
  }
}

export function dropStored(id: string): void {
  localStorage.removeItem(PREFIX + id);
}

export function isStored(id: string): boolean {
  return localStorage.getItem(PREFIX + id) !== null;
}

export function dropStoredAll(): void {
  for (const key of keys()) {
    localStorage.removeItem(key);
  }
}

/** Calls `found` with what tabs that are gone left behind, now and whenever one closes. */
export function adopt(person: number, found: (uploads: Upload[]) => void): void {
  dropOld();
  const others = new Set(readAll(person).map((stored) => stored.tab));
  others.delete(tab);
  for (const other of others) {
    whenGone(other, () => {
      const left = readAll(person)
        .filter((stored) => stored.tab === other)
        .map(({ tab: _tab, ...upload }) => upload);
      left.forEach(store);
      if (left.length > 0) {
        found(left);
      }
    });
  }
}

function whenGone(other: string, then: () => void): void {
  if (navigator.locks) {
    void navigator.locks.request(TAB_LOCK + other, then);
  } else {
    then(); // an old browser: two tabs may then show the same file
  }
}

function holdTab(): void {
  if (!held && navigator.locks) {
    held = true;
    void navigator.locks.request(TAB_LOCK + tab, () => new Promise<void>(() => {}));
  }
}

function readAll(person: number): Stored[] {
  return keys()
    .map((key) => parse(localStorage.getItem(key)))
    .filter((stored): stored is Stored => stored?.person === person)
    .sort((a, b) => a.at - b.at);
}

function dropOld(now = Date.now()): void {
  for (const key of keys()) {
    const stored = parse(localStorage.getItem(key));
    if (!stored || now - stored.at > KEPT_MS) {
      localStorage.removeItem(key);
    }
  }
}

function parse(text: string | null): Stored | undefined {
  try {
    const stored = JSON.parse(text ?? "") as Partial<Stored>;
    const whole = stored.id && stored.tab && stored.name !== undefined && stored.place;
    return whole ? (stored as Stored) : undefined;
  } catch {
    return undefined;
  }
}

const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
