// A Club's channels: add, rename, reorder, archive. Those of events come and go with their events.

import { useState } from "preact/hooks";
import { useAction, useSelect } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { byKind, channelsOf } from "../../core/places.ts";
import { messageOf } from "../../core/problem.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Channel } from "../../core/types.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { ChannelIcon } from "../../ui/ChannelIcon.tsx";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { Page } from "../../ui/Page.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { ChannelForm } from "./ChannelForm.tsx";
import { ChannelPeople } from "./ChannelPeople.tsx";

type Open = { what: "edit" | "archive" | "people"; channel: Channel } | { what: "add" } | undefined;

async function tried(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => toast(messageOf(error)));
}

export default function Channels({ club: id }: { club: number }) {
  const club = useSelect((now) => now.clubs[id], [id]);
  const state = useSelect((now) => now, []);
  const [open, setOpen] = useState<Open>(undefined);
  const channels = byKind(channelsOf(state, id)).places;
  const live = channels.filter((channel) => !channel.archived);
  const archived = channels.filter((channel) => channel.archived);
  const close = () => setOpen(undefined);
  return (
    <Page
      title={t.channels.heading}
      up={{ page: "club", club: id }}
      above={club && <a href={hrefOf({ page: "club", club: id })}>{club.name}</a>}
      tools={
        <Button kind="primary" icon="plus" onClick={() => setOpen({ what: "add" })}>
          {t.channels.add}
        </Button>
      }
    >
      <ul class="card card-flush list">
        {live.map((channel, index) => (
          <ChannelItem
            key={channel.id}
            channel={channel}
            above={live[index - 1]}
            below={live[index + 1]}
            belowNext={live[index + 2]}
            onOpen={setOpen}
          />
        ))}
      </ul>
      {archived.length > 0 && (
        <section class="section" aria-labelledby="archives">
          <h2 id="archives">{t.nav.archived}</h2>
          <ul class="card card-flush list">
            {archived.map((channel) => (
              <li class="list-item channel-item" key={channel.id}>
                <span class="grow">{channel.name}</span>
                <Button
                  small
                  label={`${t.channels.unarchive} : ${channel.name}`}
                  onClick={() =>
                    void tried(send("channel.archive", { channel: channel.id, archived: false }))
                  }
                >
                  {t.channels.unarchive}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {open?.what === "add" && <ChannelForm club={id} onClose={close} />}
      {open?.what === "edit" && <ChannelForm club={id} channel={open.channel} onClose={close} />}
      {open?.what === "archive" && <ArchiveDialog channel={open.channel} onClose={close} />}
      {open?.what === "people" && (
        <ChannelPeople club={id} channel={open.channel.id} onClose={close} />
      )}
    </Page>
  );
}

interface ItemProps {
  channel: Channel;
  above?: Channel;
  below?: Channel;
  belowNext?: Channel;
  onOpen: (open: Open) => void;
}

/** Arrows move it among the others: usable by keyboard and on a phone alike. */
function ChannelItem({ channel, above, below, belowNext, onOpen }: ItemProps) {
  const move = (before: Channel | undefined) =>
    void tried(
      send("channel.move", { channel: channel.id, ...(before ? { before: before.id } : {}) }),
    );
  return (
    <li class="list-item channel-item">
      <div class="grow">
        <p class="row">
          <ChannelIcon channel={channel} />
          <strong>{channel.name}</strong>
        </p>
        {channel.purpose && <p class="small muted">{channel.purpose}</p>}
      </div>
      <IconButton
        class="not-narrow"
        icon="arrowUp"
        label={t.channels.up(channel.name)}
        disabled={!above}
        onClick={() => move(above)}
      />
      <IconButton
        class="not-narrow"
        icon="arrowDown"
        label={t.channels.down(channel.name)}
        disabled={!below}
        onClick={() => move(belowNext)}
      />
      <Menu
        label={`${t.more} : ${channel.name}`}
        items={[
          {
            icon: "edit",
            label: t.channels.edit,
            onSelect: () => onOpen({ what: "edit", channel }),
          },
          ...(channel.kind === "private"
            ? [
                {
                  icon: "people" as const,
                  label: t.channels.people,
                  onSelect: () => onOpen({ what: "people", channel }),
                },
              ]
            : []),
          ...(above
            ? [{ icon: "arrowUp" as const, label: t.channels.moveUp, onSelect: () => move(above) }]
            : []),
          ...(below
            ? [
                {
                  icon: "arrowDown" as const,
                  label: t.channels.moveDown,
                  onSelect: () => move(belowNext),
                },
              ]
            : []),
          {
            icon: "archive",
            label: t.channels.archive,
            lineBefore: true,
            onSelect: () => onOpen({ what: "archive", channel }),
          },
        ]}
      />
    </li>
  );
}

function ArchiveDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const archiving = useAction();
  const submit = () =>
    void archiving.run(async () => {
      await send("channel.archive", { channel: channel.id, archived: true });
      onClose();
    });
  return (
    <Dialog title={t.channels.archiveTitle(channel.name)} onClose={onClose}>
      <Form
        submit={t.channels.archiveYes}
        onSubmit={submit}
        onCancel={onClose}
        busy={archiving.busy}
        error={archiving.error}
      >
        <p>{t.channels.archiveText}</p>
      </Form>
    </Dialog>
  );
}
