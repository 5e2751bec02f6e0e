// What is being typed in a field. Pure.

/** The word being typed after « @ », and where it begins. */
export function mentionAt(
  text: string,
  caret: number,
): { start: number; query: string } | undefined {
  const match = /(?:^|[\s(«])@([\p{L}\p{M}\d' ’-]{0,40})$/u.exec(text.slice(0, caret));
  const query = match?.[1];
  if (query === undefined || /\s\S*\s\S*\s/.test(query)) {
    return undefined; // three words on: no longer a name
  }
  return { start: caret - query.length - 1, query };
}
