// What the button that registers says: what it will do.

import { isFull } from "../../core/registering.ts";
import { t } from "../../core/strings.ts";
import type { ClubEvent, EventMine } from "../../core/types.ts";

export function submitText(event: ClubEvent, mine: EventMine): string {
  if (event.registration === "approval" && mine.registration !== "invited") {
    return t.register.submitAsk;
  }
  if (isFull(event)) {
    return t.register.submitWaiting;
  }
  return mine.registration === "invited" ? t.register.submitInvited : t.register.submit;
}
