// Files for the message being written: known by its conversation until it is sent.

import { MESSAGE_FILES } from "../../core/filing.ts";
import { addFiles } from "../../core/uploads.ts";
import { toast } from "../../ui/Toasts.tsx";

export function attach(place: string, files: readonly File[]): void {
  for (const why of addFiles(place, files, MESSAGE_FILES).refused) {
    toast(why, "alert");
  }
}
