// French spacing: a no-break space before : » and after «, a thin one before ; ! ? and %.

const NBSP = "\u00a0";
const THIN = "\u202f";

export function typeset(text: string): string {
  return text
    .replace(/« /g, `«${NBSP}`)
    .replace(/ ([:»])/g, `${NBSP}$1`)
    .replace(/ ([;!?%])/g, `${THIN}$1`)
    .replace(/'/g, "’");
}

/** What is not ours is shown as it is: names that people gave, texts of the server. */
function typesetAround(text: string, given: readonly string[]): string {
  const [one, ...others] = given;
  return one === undefined
    ? typeset(text)
    : text
        .split(one)
        .map((part) => typesetAround(part, others))
        .join(one);
}

function givenIn(args: readonly unknown[]): string[] {
  return args
    .flat()
    .filter((one): one is string => typeof one === "string" && typeset(one) !== one)
    .sort((a, b) => b.length - a.length);
}

/** The same over a whole table of strings and functions that make strings. */
export function typesetAll<T>(table: T): T {
  if (typeof table === "string") {
    return typeset(table) as T;
  }
  if (typeof table === "function") {
    return ((...args: unknown[]) =>
      typesetAround((table as unknown as Maker)(...args), givenIn(args))) as T;
  }
  if (Array.isArray(table)) {
    return table.map(typesetAll) as T;
  }
  if (typeof table === "object" && table !== null) {
    const entries = Object.entries(table).map(([key, value]) => [key, typesetAll(value)]);
    return Object.fromEntries(entries) as T;
  }
  return table;
}
type Maker = (...args: unknown[]) => string;
