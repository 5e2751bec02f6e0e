import { Component } from "preact";
import { useState } from "preact/hooks";
import { callsMe } from "../../core/counts.ts";
import { briefOf, dateOf, fullOf, hourOf } from "../../core/dates.ts";
import { useSelect } from "../../core/hooks.ts";
import { state } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { channelRoute, hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Message } from "../../core/types.ts";
import { lazy } from "../../lazy.tsx";
import { Disc } from "../../ui/Disc.tsx";
import { Files } from "../../ui/files/Files.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Author } from "../../ui/message/Author.tsx";
import { Body } from "./Body.tsx";
import { EditBox } from "./EditBox.tsx";
import { History } from "./History.tsx";
import { MessageTools } from "./MessageTools.tsx";
import { Reactions } from "./Reactions.tsx";
import { ShelveButton } from "./Shelve.tsx";

const EventCard = lazy(
  () => import("../../ui/event/EventCard.tsx"),
  (part) => part.default,
  ({ children }) => children,
);

const ResourceCard = lazy(
  () => import("../../ui/resource/ResourceCard.tsx"),
  (part) => part.default,
  ({ children }) => children,
);

interface RowProps {
  message: Message;
  first: boolean; // begins a block of its author
  fresh: boolean; // was not read when the conversation was opened
  target: boolean;
  inThread: boolean;
  tabbable: boolean;
  onFocus: () => void;
}

/** Drawn again only when its message or its place has changed: a conversation has hundreds. */
export class MessageRow extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const old = this.props;
    const same =
      old.message === next.message &&
      old.first === next.first &&
      old.fresh === next.fresh &&
      old.target === next.target;
    return !(same && old.tabbable === next.tabbable && old.inThread === next.inThread);
  }
  override render(props: RowProps) {
    return <Row {...props} />;
  }
}

function Row({ message, first, fresh, target, inThread, tabbable, onFocus }: RowProps) {
  const [near, setNear] = useState(false);
  const [menuOpen, setMenuOpen] = useState(false);
  const [editing, setEditing] = useState(false);
  const [history, setHistory] = useState(false);
  const calls = fresh && callsMe(state.peek(), message);
  const label = `${personName(message.author)}, ${fullOf(message.at)}`;
  const classes = [
    "message",
    first && "message-first",
    calls && "message-calls",
    target && "message-target",
  ];
  return (
    <li
      class={classes.filter(Boolean).join(" ")}
      data-message={message.id}
      aria-label={label}
      tabIndex={tabbable ? 0 : -1}
      onMouseEnter={() => setNear(true)}
      onMouseLeave={() => setNear(false)}
      onFocusCapture={() => {
        setNear(true);
        onFocus();
      }}
      onBlurCapture={(event) => {
        const to = event.relatedTarget;
        setNear(to instanceof globalThis.Node && event.currentTarget.contains(to));
      }}
    >
      <div class="message-aside">
        {first ? (
          <Disc person={message.author} />
        ) : (
          <time class="message-hour" dateTime={new Date(message.at).toISOString()}>
            {hourOf(message.at)}
          </time>
        )}
      </div>
      <div class="message-main">
        {first && <Author message={message} />}
        {editing ? (
          <EditBox message={message} onDone={() => setEditing(false)} />
        ) : (
          <Content message={message} onHistory={() => setHistory(true)} />
        )}
        {!inThread && <ThreadLink message={message} />}
      </div>
      {!message.deleted && !editing && (
        <MessageTools
          message={message}
          near={near || menuOpen}
          inThread={inThread}
          onMenu={setMenuOpen}
          onEdit={() => setEditing(true)}
          onHistory={() => setHistory(true)}
        />
      )}
      {history && <History message={message} onClose={() => setHistory(false)} />}
    </li>
  );
}

function Content({ message, onHistory }: { message: Message; onHistory: () => void }) {
  const saved = useSelect((now) => now.saved[message.id], [message.id]);
  if (message.deleted) {
    return <p class="message-gone">{t.message.deleted}</p>;
  }
  return (
    <>
      <Said message={message} />
      {message.files && (
        <Files
          files={message.files}
          tools={(file) => <ShelveButton message={message} file={file} />}
        />
      )}
      <div class="message-notes">
        {message.edited && (
          <button type="button" title={t.message.showHistory} onClick={onHistory}>
            {t.message.edited} {briefOf(message.edited)}
          </button>
        )}
        {message.pinned && (
          <span class="message-note">
            <Icon name="pin" />
            {t.message.pinned}
          </span>
        )}
        {saved && (
          <span class="message-note">
            <Icon name="bookmark" />
            {t.message.savedMark}
          </span>
        )}
      </div>
      <Reactions message={message} />
    </>
  );
}

/** What it announces, as a card that is never out of date; else its own words. */
function Said({ message }: { message: Message }) {
  const { event, resource } = message;
  const edited = Boolean(message.edited);
  const body = message.body !== "" && <Body message={message} />;
  if (event) {
    return (
      <EventCard id={event} edited={edited}>
        {body}
      </EventCard>
    );
  }
  return resource ? (
    <ResourceCard id={resource} edited={edited}>
      {body}
    </ResourceCard>
  ) : (
    body
  );
}

function ThreadLink({ message }: { message: Message }) {
  const channel = useSelect((now) => now.channels[message.channel], [message.channel]);
  const unread = useSelect((now) => now.follows[message.id]?.unread ?? 0, [message.id]);
  if (!message.replies || !channel) {
    return null;
  }
  return (
    <a class="thread-link" href={hrefOf(channelRoute(channel, { thread: message.id }))}>
      <Icon name="thread" />
      {unread > 0 ? t.today.replies(unread) : t.message.replies(message.replies)}
      {message.last_reply && (
        <span class="muted" title={dateOf(message.last_reply)}>
          {t.message.lastReply(briefOf(message.last_reply))}
        </span>
      )}
    </a>
  );
}
