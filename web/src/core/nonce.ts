/** Drawn for one sending. The time comes first: the server keeps those of the same moment side by side. */
export const newNonce = (): string =>
  `${Date.now().toString(36)}-${crypto.randomUUID().slice(-12)}`;
