// Files for the message being written: known by its conversation until it is sent.

import { limits } from "../../core/live.ts";
import { addFiles } from "../../core/uploads.ts";
import { toast } from "../../ui/Toasts.tsx";

export function attach(place: string, files: readonly File[]): void {
  for (const why of addFiles(place, files, limits.peek().message_files).refused) {
    toast(why, "alert");
  }
}
