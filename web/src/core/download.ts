// A person's data, as a file.

import { post } from "./http.ts";

export async function downloadExport(person: number): Promise<void> {
  const data = await collect(person);
  const blob = new Blob([JSON.stringify(data, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `beffroi-${person}-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

/** All pages as one: what is kept about the person, and all they wrote. */
async function collect(person: number): Promise<Record<string, unknown>> {
  const first = await post("person.export", { person });
  const messages = [...first.messages];
  let { withheld, next } = first;
  while (next) {
    const page = await post("person.export", { person, after: next });
    messages.push(...page.messages);
    withheld += page.withheld;
    next = page.next;
  }
  return { ...first.about, messages, withheld };
}
