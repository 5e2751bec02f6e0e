/** What an edition is made of: a file that was brought, or a link; the file first. */
export interface Brought {
  file: string; // its key; "": none
  name: string;
  link: string;
}
export const NOTHING_BROUGHT: Brought = { file: "", name: "", link: "" };

/** As it is sent: one of the two, or nothing. */
export function sentOf({ file, link }: Brought): { file?: string; link?: string } {
  const text = link.trim();
  return file ? { file } : text ? { link: text } : {};
}
