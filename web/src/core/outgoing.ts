// A message on its way out, and what can be said of a list of them. Pure.

/** A file that goes with a message: known by its upload until the message is there. */
export interface OutgoingFile {
  upload: string;
  name: string;
}
export interface Outgoing {
  nonce: string;
  person: number;
  channel: number;
  thread?: number;
  body: string;
  files?: OutgoingFile[];
  at: number;
  status: "waiting" | "sent" | "failed";
  id?: number; // once sent
  error?: string;
}

/**
 * The next to send: the oldest that waits and whose files are all there (`isReady`). One that waits for
 * its files holds no other back: a large file takes minutes.
 */
export function nextToSend(
  items: readonly Outgoing[],
  isReady: (upload: string) => boolean = () => true,
): Outgoing | undefined {
  return items.find(
    ({ status, files = [] }) =>
      status === "waiting" && files.every(({ upload }) => isReady(upload)),
  );
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
