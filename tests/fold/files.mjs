// Files of a random history: brought before it begins, attached to what is said in it.
import { bring } from "../lib/upload.mjs";

const EACH = 12;

/**
 * Gives each of these people some files of their own, in no place yet: `files`, their keys; and a list
 * of what they `posted` with files, none so far.
 */
export async function supply(people) {
  const some = async (who) => {
    who.files = [];
    who.posted = [];
    for (let i = 0; i < EACH; i++) {
      const { key } = await bring(who, `note-${i}.txt`, Buffer.from(`${who.id} ${i}`));
      who.files.push(key);
    }
  };
  await Promise.all(people.map(some));
}

/** What message.post takes besides: one's own file, one that is on screen, or most often none. */
export function attached(random, { state, person }) {
  if (random.chance(0.75)) return {};
  const seen = Object.values(state.messages).flatMap(({ files = [] }) => files);
  const key = random.chance(0.4) ? random.pick(seen)?.key : person.files.pop();
  return key ? { files: [key] } : {};
}

/** What event.create and event.update take besides. */
export function documents(random, by) {
  const file = random.chance(0.5) && by.files?.pop();
  return file ? { documents: [{ label: "Compte rendu", file }] } : {};
}
