// A file in each kind of place, for the matrix and for what is given out by HTTP.

import { nonce } from "../lib/client.mjs";
import { announce, draft } from "../lib/events.mjs";
import { png } from "../lib/image.mjs";
import { resourceAt } from "../lib/library.mjs";
import { announced, bring } from "../lib/upload.mjs";

let last = 0;
/** Another picture each time; its key. */
const picture = async (who) => (await bring(who, "a.png", png(20 + (++last % 200), 20))).key;

async function posted(w, who, channel) {
  const key = await picture(who);
  await w.said(who, channel, { files: [key] });
  return key;
}

async function ofDeleted(w) {
  const key = await picture(w.author);
  const message = await w.said(w.author, w.open, { files: [key] });
  await w.author.ask("message.delete", { message });
  return key;
}

/** A document of an event that `make` makes. */
async function documentOf(host, club, make, more) {
  const file = await picture(host);
  await make(host, club, { documents: [{ label: "Programme", file }], ...more });
  return file;
}

async function ofResource(author, keeper, club, state, more) {
  const file = await picture(author);
  await resourceAt(state, author, keeper, club, { file, ...more });
  return file;
}

/** The first edition; another is in force. */
async function olderEdition(w) {
  const file = await picture(w.author);
  const resource = await resourceAt("published", w.author, w.host, w.club, { file });
  const second = { resource, file: await picture(w.host), nonce: nonce() };
  await w.host.ask("edition.add", second);
  return file;
}

const network = { scope: "network", clubs: undefined };
const makers = {
  other: (w) => picture(w.author),
  open: (w) => posted(w, w.author, w.open),
  guest: (w) => posted(w, w.author, w.habitat),
  private: (w) => posted(w, w.host, w.private),
  archived: (w) => w.fileInArchive,
  elsewhere: (w) => posted(w, w.authorElsewhere, w.elsewhere),
  direct: (w) => posted(w, w.host, w.direct),
  deleted: ofDeleted,
  event: (w) => documentOf(w.host, w.club, announce),
  event_draft: (w) => documentOf(w.host, w.club, draft),
  event_away: (w) => documentOf(w.hostElsewhere, w.clubElsewhere, announce),
  network: (w) => documentOf(w.hostOfAll, w.clubOfAll, announce, network),
  drafted: (w) => ofResource(w.author, w.host, w.club, "draft"),
  proposed: (w) => ofResource(w.author, w.host, w.club, "proposed"),
  shelf: (w) => ofResource(w.author, w.host, w.club, "published"),
  shelf_away: (w) => ofResource(w.authorElsewhere, w.hostElsewhere, w.clubElsewhere, "published"),
  national: (w) => ofResource(w.author, w.hostOfAll, w.clubOfAll, "published"),
  public: (w) =>
    ofResource(w.authorElsewhere, w.hostElsewhere, w.clubElsewhere, "published", {
      is_public: true,
    }),
  withdrawn: (w) => ofResource(w.author, w.host, w.club, "withdrawn"),
  older: olderEdition,
};
export const PLACES = Object.keys(makers);

const made = new WeakMap();
/** The key of the one file of a world in that place. */
export function fileAt(w, place) {
  if (!made.has(w)) made.set(w, {});
  const files = made.get(w);
  files[place] ??= makers[place](w);
  return files[place];
}

/** One's own, in no place; undefined where one may bring none. */
export const ownFile = (w, who) => (w.isIn(who) ? picture(who) : undefined);

/** One's own that has not come; the same. */
export async function comingFile(w, who) {
  return w.isIn(who) ? (await announced(who, 1000)).split("/").pop() : undefined;
}

/** A channel one was chosen for, and a file there. */
export async function chosenFile(w, who) {
  const channel = await w.chosen(who);
  return channel && posted(w, w.host, channel);
}

export const postWith = (channel, key) =>
  key && { channel, body: "", nonce: nonce(), files: [key] };
