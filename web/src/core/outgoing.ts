// A message on its way out, and what can be said of a list of them. Pure.

export interface Outgoing {
  nonce: string;
  person: number;
  channel: number;
  thread?: number;
  body: string;
  at: number;
  status: "waiting" | "sent" | "failed";
  id?: number; // once sent
  error?: string;
}

/** The next to send: the oldest that waits. */
export function nextToSend(items: readonly Outgoing[]): Outgoing | undefined {
  return items.find((item) => item.status === "waiting");
}

export function withOne(items: readonly Outgoing[], changed: Outgoing): Outgoing[] {
  return items.map((item) => (item.nonce === changed.nonce ? changed : item));
}

export function without(items: readonly Outgoing[], nonce: string): Outgoing[] {
  return items.filter((item) => item.nonce !== nonce);
}

export function parseOutgoing(text: string | null): Outgoing | undefined {
  try {
    const item = JSON.parse(text ?? "") as Partial<Outgoing>;
    const whole = item.nonce && item.person && item.channel && typeof item.body === "string";
    return whole
      ? ({ ...item, at: item.at ?? 0, status: item.status ?? "waiting" } as Outgoing)
      : undefined;
  } catch {
    return undefined;
  }
}
