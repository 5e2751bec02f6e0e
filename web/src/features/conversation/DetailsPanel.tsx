import { useState } from "preact/hooks";
import { useAction, useFacts, useQuery, useSelect } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { channelName } from "../../core/names.ts";
import { messageOf } from "../../core/problem.ts";
import { channelRoute, go, hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Channel, Level } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Disc } from "../../ui/Disc.tsx";
import { Choices } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Foot } from "../../ui/LegalLinks.tsx";
import { PersonLink } from "../../ui/person/PersonLink.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { SidePanel } from "./SidePanel.tsx";
import { useReaders } from "./useChannel.ts";

/** Purpose, who reads, how much it may call me. */
export function DetailsPanel({ channel }: { channel: Channel }) {
  const name = useSelect((now) => channelName(now, channel), [channel]);
  const club = useSelect(
    (now) => (channel.club ? now.clubs[channel.club] : undefined),
    [channel.club],
  );
  const readers = useReaders(channel.id);
  const setLevel = (level: Level) =>
    void send("notification.set", { channel: channel.id, level }).catch((error: unknown) =>
      toast(messageOf(error)),
    );
  return (
    <SidePanel title={name} onClose={() => go(channelRoute(channel))}>
      <div class="panel-body stack">
        {channel.purpose && <p>{channel.purpose}</p>}
        <p class="muted">
          {channel.kind === "private"
            ? t.channel.private
            : channel.kind === "open"
              ? t.channel.open
              : t.channel.direct}
          {" · "}
          {readers.data !== undefined && t.channel.readers(readers.data)}
        </p>
        <Choices<Level>
          label={t.levels.label}
          value={channel.mine.level}
          onValue={setLevel}
          options={[
            { value: "all", label: t.levels.all },
            { value: "mentions", label: t.levels.mentions },
            { value: "none", label: t.levels.none },
          ]}
        />
        {channel.kind !== "open" && <People channel={channel} />}
        <ul>
          <li>
            <a class="place" href={hrefOf(channelRoute(channel, { panel: "epingles" }))}>
              <Icon name="pin" />
              {t.channel.pins}
            </a>
          </li>
          <li>
            <a class="place" href={hrefOf({ page: "search", query: { q: "", canal: channel.id } })}>
              <Icon name="search" />
              {t.channel.search}
            </a>
          </li>
        </ul>
        {club && (
          <ul>
            <li>
              <a class="place" href={hrefOf({ page: "members", club: club.id })}>
                <Icon name="people" />
                {t.club.membersLinkPlain}
              </a>
            </li>
            {club.can.includes("manage") && (
              <li>
                <a class="place" href={hrefOf({ page: "channels", club: club.id })}>
                  <Icon name="settings" />
                  {t.club.manage}
                </a>
              </li>
            )}
          </ul>
        )}
        {channel.kind === "private" && <Leave channel={channel} />}
        <Foot />
      </div>
    </SidePanel>
  );
}

function People({ channel }: { channel: Channel }) {
  const { data, again } = useQuery(
    async () => (await ask("channel.members", { channel: channel.id })).members,
    [channel.id],
  );
  useFacts(["channel.member_added", "channel.member_removed", "channel.entered"], again);
  return (
    <ul>
      {(data ?? []).map((person) => (
        <li class="list-item" key={person.id}>
          <Disc person={{ ...person, role: person.roles[0] }} />
          <span class="grow">
            <PersonLink person={person} class="message-author" />
            <br />
            <span class="muted small">{person.roles.map((role) => t.roles[role]).join(", ")}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Leave({ channel }: { channel: Channel }) {
  const me = useSelect((now) => now.me.id, []);
  const [asking, setAsking] = useState(false);
  const leaving = useAction();
  const leave = () =>
    void leaving.run(async () => {
      await send("channel.member_remove", { channel: channel.id, person: me });
      toast(t.channel.left);
      go({ page: "today" });
    });
  return (
    <>
      <Button icon="logout" onClick={() => setAsking(true)}>
        {t.channel.leave}
      </Button>
      {asking && (
        <Dialog title={t.channel.leaveTitle(channel.name)} onClose={() => setAsking(false)}>
          <Form
            danger
            submit={t.channel.leave}
            onSubmit={leave}
            onCancel={() => setAsking(false)}
            busy={leaving.busy}
            error={leaving.error}
          >
            <p>{t.channel.leaveText}</p>
          </Form>
        </Dialog>
      )}
    </>
  );
}
