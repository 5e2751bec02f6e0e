// For writing sentences.

export const plural = (n: number, one: string, many: string) => `${n} ${n < 2 ? one : many}`;

/** Sentences of one paragraph, each on its line in the source. */
export const text = (...sentences: string[]) => sentences.join(" ");
