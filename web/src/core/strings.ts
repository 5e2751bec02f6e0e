// Every word of the interface, in one typed place. French first; another language is another
// table of the same shape.

import { account } from "./strings/account.ts";
import { club } from "./strings/club.ts";
import { conversation } from "./strings/conversation.ts";
import { desk } from "./strings/desk.ts";
import { events } from "./strings/events.ts";
import { files } from "./strings/files.ts";
import { form } from "./strings/form.ts";
import { people } from "./strings/people.ts";
import { shell } from "./strings/shell.ts";
import { typesetAll } from "./typeset.ts";

const french = {
  ...shell,
  ...conversation,
  ...club,
  ...events,
  ...form,
  ...desk,
  ...files,
  ...people,
  ...account,
};

export type Strings = typeof french;
export const t: Strings = typesetAll(french);
