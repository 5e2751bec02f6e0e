import { useSelect } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { channelName } from "../../core/names.ts";
import { byKind, channelsOf, directsOf, myClubs } from "../../core/places.ts";
import { messageOf } from "../../core/problem.ts";
import { t } from "../../core/strings.ts";
import type { Channel, Level } from "../../core/types.ts";
import { BareSelect } from "../../ui/Field.tsx";
import { toast } from "../../ui/Toasts.tsx";

/** What may call me, channel by channel. */
export function Levels() {
  const state = useSelect((now) => now, []);
  const groups = [
    ...myClubs(state).map((club) => ({ name: club.name, channels: channelsOf(state, club.id) })),
    { name: t.nav.directs, channels: directsOf(state) },
  ];
  return (
    <section class="section" aria-labelledby="notifications">
      <h2 id="notifications">{t.settings.notifications}</h2>
      <p class="muted">{t.settings.notificationsHint}</p>
      {groups
        .map(({ name, channels }) => ({ name, channels: channels.filter((one) => !one.archived) }))
        .filter(({ channels }) => channels.length > 0)
        .map(({ name, channels }) => (
          <details class="card levels" key={name}>
            <summary>{name}</summary>
            <LevelList channels={byKind(channels).places} />
            <EventLevels channels={byKind(channels).events} />
          </details>
        ))}
    </section>
  );
}

function LevelList({ channels, label }: { channels: readonly Channel[]; label?: string }) {
  const state = useSelect((now) => now, []);
  return (
    <ul class="list" aria-label={label}>
      {channels.map((channel) => (
        <LevelRow key={channel.id} channel={channel} name={channelName(state, channel)} />
      ))}
    </ul>
  );
}

/** Apart, and last: they end with their event. */
function EventLevels({ channels }: { channels: readonly Channel[] }) {
  return channels.length > 0 ? (
    <>
      <p class="levels-events small muted">{t.club.eventChannels}</p>
      <LevelList channels={channels} label={t.club.eventChannels} />
    </>
  ) : null;
}

function LevelRow({ channel, name }: { channel: Channel; name: string }) {
  const change = (level: Level) =>
    void send("notification.set", { channel: channel.id, level }).catch((error: unknown) =>
      toast(messageOf(error)),
    );
  return (
    <li class="setting-row">
      <span class="grow">{name}</span>
      <BareSelect<Level>
        label={`${t.levels.label} : ${name}`}
        value={channel.mine.level}
        onValue={change}
        options={[
          { value: "all", label: t.levels.all },
          { value: "mentions", label: t.levels.mentions },
          { value: "none", label: t.levels.none },
        ]}
      />
    </li>
  );
}
