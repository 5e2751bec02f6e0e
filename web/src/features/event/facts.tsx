// When, where, who, for whom; and what one may open from there.

import type { ComponentChildren } from "preact";
import { audienceOf, placeOf } from "../../core/audience.ts";
import { useThemes } from "../../core/events.ts";
import { useSelect } from "../../core/hooks.ts";
import { channelRoute, hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { ClubEvent, EventMine } from "../../core/types.ts";
import { Times } from "../../ui/event/Times.tsx";
import { FileRow } from "../../ui/files/Files.tsx";
import { Icon, type IconName } from "../../ui/Icon.tsx";

interface EventProps {
  event: ClubEvent;
  mine: EventMine | undefined;
}

export function EventFacts({ event, mine }: EventProps) {
  const audience = useSelect((now) => audienceOf(now, event), [event]);
  const place = placeOf(event);
  const roles = event.roles.length > 0 && event.registration !== "none";
  return (
    <dl class="event-facts">
      <Line icon="calendar" name={t.event.when}>
        <Times when={event} />
      </Line>
      {(place || mine?.link || event.link) && (
        <Line icon="place" name={t.event.where}>
          {place}
          <Meeting event={event} mine={mine} />
        </Line>
      )}
      <Line icon="landmark" name={t.event.organiser}>
        <span aria-hidden="true">{t.event.by} </span>
        {event.organiser}
      </Line>
      <Line icon="people" name={t.event.forWhom}>
        {t.event.openTo(audience)}
        {roles && <span class="block small muted">{t.event.onlyRoles(event.roles)}</span>}
        {event.is_public && <span class="block small muted">{t.event.public}</span>}
      </Line>
      <Parent event={event} />
      <Themes event={event} />
    </dl>
  );
}

/** Who hears the page is told the name of each line: what shows it again is hidden from them. */
function Line({
  icon,
  name,
  children,
}: {
  icon: IconName;
  name: string;
  children: ComponentChildren;
}) {
  return (
    <div>
      <dt title={name}>
        <Icon name={icon} />
        <span class="visually-hidden">{name}</span>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The link itself, or when it will be there. */
function Meeting({ event, mine }: EventProps) {
  const link = event.link ?? mine?.link;
  const { platform } = event;
  const over = event.state === "cancelled" || Date.now() >= event.ends_at;
  if (link && !over) {
    return (
      <span class="block">
        <a href={link} target="_blank" rel="noopener noreferrer nofollow">
          <Icon name="video" /> {platform ? t.event.join(platform) : t.event.joinPlain}
        </a>
      </span>
    );
  }
  const later = event.link_shown === "registered" && platform && !over;
  return later ? <span class="block small muted">{t.event.linkLater(platform)}</span> : null;
}

function Parent({ event }: { event: ClubEvent }) {
  const id = event.parent ?? 0;
  const parent = useSelect((now) => now.events[id], [id]);
  return id ? (
    <Line icon="list" name={t.event.partOf}>
      <span aria-hidden="true">{t.event.partOf} </span>
      <a href={hrefOf({ page: "event", event: id })}>{parent?.title ?? t.kinds.semaine}</a>
    </Line>
  ) : null;
}

function Themes({ event }: { event: ClubEvent }) {
  const themes = useThemes().filter(({ id }) => event.themes?.includes(id));
  return themes.length > 0 ? (
    <Line icon="bookmark" name={t.event.themes}>
      {themes.map(({ name }) => name).join(" · ")}
    </Line>
  ) : null;
}

/** Calendar, channel, replay, documents. */
export function EventLinks({ event }: EventProps) {
  const channel = useSelect((now) => now.channels[event.channel ?? 0], [event.channel]);
  const published = event.state === "published";
  return (
    <>
      <p class="row event-links">
        {event.state !== "draft" && (
          <a class="button" href={`/evenement/${event.id}.ics`} download>
            <Icon name="calendar" />
            {t.event.toCalendar}
          </a>
        )}
        {channel && (
          <a class="button" href={hrefOf(channelRoute(channel))}>
            <Icon name="thread" />
            {t.event.channel}
          </a>
        )}
      </p>
      {published && <Documents event={event} />}
    </>
  );
}

function Documents({ event }: { event: ClubEvent }) {
  const documents = event.documents ?? [];
  if (documents.length === 0 && !event.replay) {
    return null;
  }
  return (
    <section class="section" aria-labelledby="documents">
      <h2 id="documents">{t.event.documents}</h2>
      <ul class="card card-flush list">
        {event.replay && <LinkRow icon="video" label={t.event.replayLink} link={event.replay} />}
        {documents.map(({ label, link, file }) =>
          file ? (
            <FileRow key={file.key} file={file} label={label} />
          ) : (
            link && <LinkRow key={link} icon="link" label={label} link={link} />
          ),
        )}
      </ul>
    </section>
  );
}

function LinkRow({ icon, label, link }: { icon: IconName; label: string; link: string }) {
  return (
    <li>
      <a class="event-document" href={link} target="_blank" rel="noopener noreferrer nofollow">
        <Icon name={icon} />
        <span class="grow">{label}</span>
        <span class="host">{hostOf(link)}</span>
      </a>
    </li>
  );
}

function hostOf(link: string): string {
  try {
    return new URL(link).host.replace(/^www\./, "");
  } catch {
    return "";
  }
}
