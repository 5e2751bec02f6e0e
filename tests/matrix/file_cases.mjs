// The rows of the matrix about files: {command: {object: (w, who) => its parameters}}, as in cases.mjs.

import { chosenFile, comingFile, fileAt, ownFile, PLACES, postWith } from "./files.mjs";

const any = (params = {}) => ({ any: () => params });
const keyed = (key) => key && { key };
const HASH = "0".repeat(64);
const content = { hash: HASH, bytes: 1, type: "application/pdf" };

/** In every kind of place. */
const everywhere = {
  own: async (w, who) => keyed(await ownFile(w, who)),
  chosen: async (w, who) => keyed(await chosenFile(w, who)),
  ...Object.fromEntries(PLACES.map((place) => [place, async (w) => keyed(await fileAt(w, place))])),
};

export const fileCases = {
  "blob.forget": any({ hash: HASH }),
  "file.create": any({ name: "a.pdf", bytes: 1000 }),
  "file.drop": {
    own: everywhere.own,
    coming: async (w, who) => keyed(await comingFile(w, who)),
    other: everywhere.other,
    open: everywhere.open,
  },
  "file.expire": any({ file: 1 }),
  "file.finish": any({ file: 1, blob: content }),
  "file.get": { ...everywhere, coming: async (w, who) => keyed(await comingFile(w, who)) },
  "file.limits": any(),
  "file.open": everywhere,
  "file.received": any({ file: 1, received: 1 }),
};

/** What is posted in an open channel: one's own file, one that is seen, others that are not. */
export const postedFiles = {
  file: async (w, who) => postWith(w.open, await ownFile(w, who)),
  file_seen: async (w) => postWith(w.open, await fileAt(w, "open")),
  file_hidden: async (w) => postWith(w.open, await fileAt(w, "private")),
  file_other: async (w) => postWith(w.open, await fileAt(w, "other")),
};
