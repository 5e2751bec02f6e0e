// Files that are there, beside what they belong to: pictures and sounds shown, documents as rows.

import type { ComponentChildren } from "preact";
import {
  hrefOfFile,
  hrefOfThumbnail,
  hrefToSave,
  kindOfType,
  opens,
  sizeText,
} from "../../core/filing.ts";
import { t } from "../../core/strings.ts";
import type { File as SharedFile } from "../../core/types.ts";
import { Icon } from "../Icon.tsx";
import { FileIcon } from "./FileIcon.tsx";

interface FilesProps {
  files: readonly SharedFile[];
  tools?: (file: SharedFile) => ComponentChildren; // what else can be done with one
}

export function Files({ files, tools }: FilesProps) {
  const pictures = files.filter((file) => file.has_thumbnail);
  const others = files.filter((file) => !file.has_thumbnail);
  return (
    <div class="files">
      {pictures.length > 0 && (
        <ul class="pictures" aria-label={t.files.of(pictures.length)}>
          {pictures.map((file) => (
            <Picture key={file.key} file={file} tools={tools} />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul class="file-rows" aria-label={t.files.of(others.length)}>
          {others.map((file) => (
            <FileRow key={file.key} file={file} tools={tools} />
          ))}
        </ul>
      )}
    </div>
  );
}

interface OneProps {
  file: SharedFile;
  tools?: ((file: SharedFile) => ComponentChildren) | undefined;
}

const THUMBNAIL_SIDE_PX = 240;

/** As it will be drawn, so that nothing moves when it comes. */
function sizeOf({ width = 0, height = 0 }: SharedFile): { width: number; height: number } {
  const scale = Math.min(1, THUMBNAIL_SIDE_PX / Math.max(width, height, 1));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function Picture({ file, tools }: OneProps) {
  return (
    <li class="picture">
      <a href={hrefOfFile(file.key)} target="_blank" rel="noopener" title={file.name}>
        <img
          src={hrefOfThumbnail(file.key)}
          alt={t.files.image(file.name)}
          {...sizeOf(file)}
          loading="lazy"
          decoding="async"
        />
      </a>
      {tools?.(file)}
    </li>
  );
}

/** `label`: what it is, where that is said beside its own name. */
export function FileRow({ file, tools, label }: OneProps & { label?: string }) {
  const kind = kindOfType(file.type);
  const { key, name } = file;
  return (
    <li class="file-row">
      <FileIcon kind={kind} />
      <div class="file-row-text">
        <span class="file-name" title={name}>
          {label ?? name}
        </span>
        <span class="small muted">
          {label && `${name} · `}
          {t.files.kinds[kind]} · {sizeText(file.bytes)}
        </span>
      </div>
      <div class="file-row-tools">
        {opens(file) && (
          <a
            class="button button-small"
            href={hrefOfFile(key)}
            target="_blank"
            rel="noopener"
            aria-label={t.files.openName(name)}
          >
            {t.files.open}
          </a>
        )}
        <a
          class="icon-button"
          href={hrefToSave(key)}
          download={name}
          aria-label={t.files.saveName(name)}
          title={t.files.save}
        >
          <Icon name="download" />
        </a>
        {tools?.(file)}
      </div>
      <Player file={file} />
    </li>
  );
}

/** The browser's own; what people bring has no captions of its own to show. */
function Player({ file: { key, name, type } }: { file: SharedFile }) {
  const src = hrefOfFile(key);
  switch (kindOfType(type)) {
    case "audio":
      // biome-ignore lint/a11y/useMediaCaption: there is none
      return <audio controls preload="none" src={src} title={name} />;
    case "video":
      // biome-ignore lint/a11y/useMediaCaption: there is none
      return <video controls preload="metadata" src={src} title={name} />;
    default:
      return null;
  }
}
