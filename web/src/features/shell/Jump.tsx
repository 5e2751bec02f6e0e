import { useRef, useState } from "preact/hooks";
import { fold } from "../../core/fold.ts";
import { useSelect } from "../../core/hooks.ts";
import { channelName } from "../../core/names.ts";
import { clubsInOrder } from "../../core/places.ts";
import { channelRoute, go, hrefOf, type Route } from "../../core/router.ts";
import type { State } from "../../core/state.ts";
import { t } from "../../core/strings.ts";
import { Dialog } from "../../ui/Dialog.tsx";

interface Target {
  to: Route;
  name: string;
  place?: string;
}
const SHOWN = 12;

/** Ctrl+K: go anywhere by its name. */
export function Jump({ onClose }: { onClose: () => void }) {
  const state = useSelect((now) => now, []);
  const [text, setText] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const found = search(targets(state), text).slice(0, SHOWN);
  const open = (target: Target | undefined) => {
    if (target) {
      onClose();
      go(target.to);
    }
  };
  return (
    <Dialog title={t.nav.jump} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          open(found[0]);
        }}
      >
        <input
          class="input"
          type="search"
          aria-label={t.nav.jumpHint}
          placeholder={t.nav.jumpHint}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") {
              event.preventDefault();
              list.current?.querySelector("a")?.focus();
            }
          }}
        />
      </form>
      <ul class="jump-list" ref={list}>
        {found.map((target) => (
          <li key={hrefOf(target.to)}>
            <a
              class="menu-item"
              href={hrefOf(target.to)}
              onClick={(event) => {
                event.preventDefault();
                open(target);
              }}
            >
              <span class="clip">{target.name}</span>
              {target.place && <span class="muted small clip">{target.place}</span>}
            </a>
          </li>
        ))}
        {found.length === 0 && <li class="muted">{t.nav.jumpNone}</li>}
      </ul>
    </Dialog>
  );
}

function targets(state: State): Target[] {
  const pages: Target[] = [
    { to: { page: "today" }, name: t.nav.today },
    { to: { page: "agenda", query: {} }, name: t.nav.agenda },
    { to: { page: "resources", query: {} }, name: t.nav.resources },
    { to: { page: "directory", query: {} }, name: t.nav.directory },
    { to: { page: "search", query: { q: "" } }, name: t.nav.search },
    { to: { page: "threads" }, name: t.nav.threads },
    { to: { page: "saved" }, name: t.nav.saved },
    { to: { page: "directs" }, name: t.nav.directs },
    { to: { page: "settings" }, name: t.nav.settings },
  ];
  const channels = Object.values(state.channels)
    .sort(
      (a, b) =>
        b.mine.mentions - a.mine.mentions || Number(b.mine.unread > 0) - Number(a.mine.unread > 0),
    )
    .map((channel) => ({
      to: channelRoute(channel),
      name: channelName(state, channel),
      place: channel.club ? state.clubs[channel.club]?.name : t.nav.directs,
    }));
  const clubs = clubsInOrder(state).map((club) => ({
    to: { page: "club" as const, club: club.id },
    name: club.name,
  }));
  return [...channels, ...pages, ...clubs];
}

/** Every typed word begins a word of the name or of the place. */
function search(all: readonly Target[], text: string): Target[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  return all.filter((target) => {
    const name = ` ${fold(`${target.name} ${target.place ?? ""}`).replace(/['’-]/g, " ")}`;
    return words.every((word) => name.includes(` ${word}`));
  });
}
