import type { FileKind } from "../../core/filing.ts";
import { Icon, type IconName } from "../Icon.tsx";

const drawings: Record<FileKind, IconName> = {
  image: "image",
  pdf: "file",
  audio: "music",
  video: "video",
  sheet: "sheet",
  slides: "slides",
  document: "file",
  text: "file",
  archive: "archive",
  other: "file",
};

/** What kind of file it is, for the eye; the words beside it say it too. */
export function FileIcon({ kind }: { kind: FileKind }) {
  return (
    <span class="file-icon">
      <Icon name={drawings[kind]} />
    </span>
  );
}
