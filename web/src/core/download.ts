// A person's data, as a file.

import { post } from "./http.ts";

export async function downloadExport(person: number): Promise<void> {
  const data = await post("person.export", { person });
  const blob = new Blob([JSON.stringify(data, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `beffroi-${person}-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
