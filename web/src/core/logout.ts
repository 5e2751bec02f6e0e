// Leaving: the session is closed on the server, and nothing of the person stays in this browser.

import { clearDrafts } from "./drafts.ts";
import { post } from "./http.ts";
import { clearKept } from "./kept.ts";
import { forget } from "./live.ts";
import { clearOutbox } from "./outbox.ts";
import { go } from "./router.ts";
import { clearUploads } from "./uploads.ts";

export async function logOut(): Promise<void> {
  await post("session.close", {}).catch(() => {}); // out of reach: the browser forgets all the same
  clearOutbox();
  clearUploads();
  clearDrafts();
  clearKept();
  forget(false);
  go({ page: "login" }, "replace");
}
