// What an edition brings: a file of ours, or a link that says where it leads and is never embedded.

import {
  hrefOfFile,
  hrefOfThumbnail,
  hrefToSave,
  kindOfType,
  opens,
  sizeText,
} from "../../core/filing.ts";
import { hostOf, typeText } from "../../core/library.ts";
import { lib } from "../../core/strings/library.ts";
import type { Edition, File, Resource, ResourceKind } from "../../core/types.ts";
import { FileIcon } from "../../ui/files/FileIcon.tsx";
import { Icon, type IconName } from "../../ui/Icon.tsx";

interface ContentProps {
  resource: Resource;
  edition: Edition;
}

export function Content({ resource, edition }: ContentProps) {
  const { file, link, number } = edition;
  if (!file && !link && resource.fiche) {
    return null; // the page is the document
  }
  return (
    <section class="section" aria-label={lib.page.document}>
      {file && <FileBox file={file} />}
      {link && <LinkBox link={link} kind={resource.kind} />}
      {!file && !link && <p class="muted">{lib.page.noContent}</p>}
      {edition.note && resource.editions.length > 1 && (
        <p class="small muted content-note">
          {lib.page.edition(number)} : {edition.note}
        </p>
      )}
    </section>
  );
}

function FileBox({ file }: { file: File }) {
  const { key, name, type, bytes } = file;
  return (
    <div class="card content">
      <Played file={file} />
      <div class="content-row">
        {file.has_thumbnail ? (
          <a class="content-thumbnail" href={hrefOfFile(key)} target="_blank" rel="noopener">
            <img src={hrefOfThumbnail(key)} alt={lib.page.openOf(name)} loading="lazy" />
          </a>
        ) : (
          <FileIcon kind={kindOfType(type)} />
        )}
        <div class="grow">
          <p class="strong content-name">{name}</p>
          <p class="small muted figures">
            {typeText(file)} · {sizeText(bytes)}
          </p>
        </div>
        <p class="row">
          {opens(file) && (
            <a
              class="button button-primary"
              href={hrefOfFile(key)}
              target="_blank"
              rel="noopener"
              aria-label={lib.page.openOf(name)}
            >
              <Icon name="external" />
              {lib.page.open}
            </a>
          )}
          <a class="button" href={hrefToSave(key)} download aria-label={lib.page.downloadOf(name)}>
            <Icon name="download" />
            {lib.page.download}
          </a>
        </p>
      </div>
    </div>
  );
}

/** Heard or seen here: it is our own file, and nothing is asked of anybody else. */
function Played({ file: { key, type, name } }: { file: File }) {
  if (type.startsWith("audio/")) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: what members bring has no captions of its own
      <audio class="content-player" controls preload="none" src={hrefOfFile(key)} title={name} />
    );
  }
  if (type.startsWith("video/")) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: what members bring has no captions of its own
      <video class="content-player" controls preload="none" src={hrefOfFile(key)} title={name} />
    );
  }
  return null;
}

const LINK_ICONS: Partial<Record<ResourceKind, IconName>> = {
  podcast: "headphones",
  replay: "video",
};

function LinkBox({ link, kind }: { link: string; kind: ResourceKind }) {
  const { links } = lib.page;
  const words = kind === "podcast" || kind === "replay" ? links[kind] : links.other;
  return (
    <a
      class="card content content-row content-link"
      href={link}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      <span class="content-icon">
        <Icon name={LINK_ICONS[kind] ?? "link"} />
      </span>
      <span class="grow">
        <span class="block strong">{words}</span>
        <span class="block small muted">{lib.page.leadsTo(hostOf(link))}</span>
      </span>
      <Icon name="external" />
    </a>
  );
}
