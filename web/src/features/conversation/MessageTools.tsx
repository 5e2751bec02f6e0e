import { useState } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { personName } from "../../core/names.ts";
import { useOwns } from "../../core/posts.ts";
import { channelRoute, go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Message, File as SharedFile } from "../../core/types.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Menu, type MenuItem, Popup } from "../../ui/Menu.tsx";
import { copyLink, keep, pin, react, remove, unreadFrom } from "./actions.ts";
import { emoji } from "./emoji.ts";
import { holdReading } from "./reading.ts";
import { routeToShelve, useMayShelve } from "./Shelve.tsx";

interface ToolsProps {
  message: Message;
  near: boolean; // hovered or focused
  inThread: boolean;
  onMenu: (open: boolean) => void;
  onEdit: () => void;
  onHistory: () => void;
}

const ON_TOUCH = 6; // signs that fit above the menu
const isTouch = () => window.matchMedia("(hover: none)").matches;

/** The three most used in sight, the others behind « … »; on touch, all behind it. */
export function MessageTools(props: ToolsProps) {
  const { message, near, inThread, onMenu } = props;
  const channel = useSelect((now) => now.channels[message.channel], [message.channel]);
  const saved = useSelect((now) => Boolean(now.saved[message.id]), [message.id]);
  const mine = useOwns(message);
  const shelved = useMayShelve(message) ? (message.files ?? []) : [];
  const [removing, setRemoving] = useState(false);
  if (!channel) {
    return null;
  }
  const can = {
    react: channel.mine.can.includes("react"),
    write: channel.mine.can.includes("write"),
  };
  const root = message.thread ?? message.id;
  const reply = () => go(channelRoute(channel, { thread: root }));
  const label = t.message.actions(personName(message.author));
  const rest = [
    ...shelved.map((file) => shelveItem(message, file, shelved.length > 1)),
    ...moreItems(props, mine, channel.mine.can.includes("moderate"), () => setRemoving(true)),
  ];
  const first: MenuItem[] = [
    ...(!inThread && can.write
      ? [{ icon: "reply" as const, label: t.message.reply, onSelect: reply }]
      : []),
    {
      icon: "bookmark",
      label: saved ? t.message.unkeep : t.message.keep,
      onSelect: () => void keep(message, !saved),
    },
  ];
  return (
    <>
      {isTouch() ? (
        <div class="message-touch">
          <Menu
            label={label}
            items={[...first, ...rest]}
            top={can.react ? (close) => <EmojiRow message={message} close={close} /> : undefined}
            onToggle={onMenu}
          />
        </div>
      ) : (
        near && (
          <div class="message-tools">
            {can.react && <ReactPopup message={message} onMenu={onMenu} />}
            {first.map((item) => (
              <IconButton
                key={item.label}
                icon={item.icon ?? "more"}
                label={item.label}
                onClick={item.onSelect}
              />
            ))}
            <Menu label={label} items={rest} onToggle={onMenu} />
          </div>
        )
      )}
      {removing && <RemoveDialog message={message} onClose={() => setRemoving(false)} />}
    </>
  );
}

/** `named`: it is one of several. */
function shelveItem(message: Message, file: SharedFile, named: boolean): MenuItem {
  return {
    icon: "library",
    label: named ? t.files.shelveName(file.name) : t.files.shelve,
    onSelect: () => go(routeToShelve(message, file)),
  };
}

function moreItems(
  props: ToolsProps,
  mine: boolean,
  moderates: boolean,
  onRemove: () => void,
): MenuItem[] {
  const { message, inThread, onEdit, onHistory } = props;
  const person = message.author.id;
  const items: (MenuItem | false | undefined)[] = [
    person !== undefined && {
      icon: "directory",
      label: t.profile.open(personName(message.author)),
      onSelect: () => go({ page: "person", person }),
    },
    { icon: "link", label: t.message.copyLink, onSelect: () => void copyLink(message) },
    !inThread && {
      icon: "unread",
      label: t.message.unreadFrom,
      onSelect: () => {
        holdReading(message.channel);
        void unreadFrom(message);
      },
    },
    moderates && {
      icon: "pin",
      label: message.pinned ? t.message.unpin : t.message.pin,
      onSelect: () => void pin(message),
    },
    Boolean(message.edited) && { icon: "history", label: t.message.history, onSelect: onHistory },
    mine && { icon: "edit", label: t.message.edit, onSelect: onEdit, lineBefore: true },
    (mine || moderates) && {
      icon: "trash",
      label: t.message.remove,
      onSelect: onRemove,
      danger: true,
    },
  ];
  return items.filter((item): item is MenuItem => Boolean(item));
}

function ReactPopup({ message, onMenu }: { message: Message; onMenu: (open: boolean) => void }) {
  return (
    <Popup label={t.message.react} face={<Icon name="smile" />} onToggle={onMenu}>
      {(close) => (
        <div class="emoji-grid">
          <EmojiButtons message={message} close={close} signs={emoji} />
        </div>
      )}
    </Popup>
  );
}

function EmojiRow({ message, close }: { message: Message; close: () => void }) {
  return (
    <div class="touch-emoji">
      <EmojiButtons message={message} close={close} signs={emoji.slice(0, ON_TOUCH)} />
    </div>
  );
}

interface EmojiProps {
  message: Message;
  close: () => void;
  signs: typeof emoji;
}

function EmojiButtons({ message, close, signs }: EmojiProps) {
  const me = useSelect((now) => now.me.id, []);
  return (
    <>
      {signs.map(([sign, name]) => (
        <button
          key={sign}
          type="button"
          role="menuitem"
          aria-label={name}
          title={name}
          onClick={() => {
            close();
            void react(message, sign, me);
          }}
        >
          {sign}
        </button>
      ))}
    </>
  );
}

function RemoveDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  return (
    <Dialog title={t.message.removeTitle} onClose={onClose}>
      <Form
        danger
        submit={t.message.removeYes}
        onCancel={onClose}
        onSubmit={() => {
          onClose();
          void remove(message);
        }}
      >
        <p>{t.message.removeText}</p>
      </Form>
    </Dialog>
  );
}
