// What is being typed in a field. Pure.

/** What may be a name after « @ », and where it begins. */
export function mentionAt(
  text: string,
  caret: number,
): { start: number; query: string } | undefined {
  const match = /(?:^|[\s(«])@([\p{L}\p{M}\d' ’,.-]{0,60})$/u.exec(text.slice(0, caret));
  const query = match?.[1];
  return query === undefined ? undefined : { start: caret - query.length - 1, query };
}
