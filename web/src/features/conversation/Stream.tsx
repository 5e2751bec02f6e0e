// The messages of a channel or of a thread: pages, place, unread line, what is on its way out.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { dayOf } from "../../core/dates.ts";
import { leaveStretch } from "../../core/drop.ts";
import { useAction, useSelect } from "../../core/hooks.ts";
import { onEachFact, state, update } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { outbox } from "../../core/outbox.ts";
import type { Outgoing } from "../../core/outgoing.ts";
import { stretchKey } from "../../core/state.ts";
import { t } from "../../core/strings.ts";
import type { Message } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { plainText } from "../../ui/message/Prose.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { announce } from "../../ui/Toasts.tsx";
import { itemsOf } from "./items.ts";
import { MessageRow } from "./MessageRow.tsx";
import { OutgoingRow } from "./OutgoingRow.tsx";
import { fetchAfter, fetchBefore, openAt, openEnd, stretchOf, type Where } from "./pages.ts";
import { readSoFar } from "./reading.ts";
import { TypingLine } from "./TypingLine.tsx";
import { useScroll } from "./useScroll.ts";

interface StreamProps extends Where {
  name: string;
  at?: number; // message to show
  readUpTo: number; // draws the line; 0 for none
  freshAfter?: number; // what calls me above it is marked
  empty: string;
}

export function Stream({
  channel,
  thread,
  at,
  name,
  readUpTo,
  freshAfter = Number.POSITIVE_INFINITY,
  empty,
}: StreamProps) {
  const where = { channel, ...(thread ? { thread } : {}) };
  const key = stretchKey(channel, thread);
  const stretch = useSelect((now) => now.stretches[key], [key]);
  const all = useSelect((now) => now.messages, []);
  const me = useSelect((now) => now.me.id, []);
  const opening = useAction();
  const paging = useRef(false);
  const news = thread && stretch?.ids.find((id) => id > freshAfter);
  const target = useTarget(at ?? news, readUpTo, Boolean(thread));
  const hasTarget = !at || stretch?.ids.includes(at);

  const open = () => void opening.run(() => openAt(where, at));
  useEffect(() => {
    if (!stretch || !hasTarget) {
      open();
    }
  }, [key, at, stretch === undefined]);
  useAnnounce(where);
  useEffect(() => () => update((now) => leaveStretch(now, key)), [key]);

  const messages = useMemo(
    () =>
      (stretch?.ids ?? []).map((id) => all[id]).filter((one): one is Message => one !== undefined),
    [stretch, all],
  );
  const items = useMemo(
    () => itemsOf(messages, thread ? 0 : readUpTo, me),
    [messages, readUpTo, me],
  );
  const mine = outbox.value.filter((one) => one.channel === channel && one.thread === thread);
  const outgoing = stretch?.moreAfter ? [] : mine.filter((one) => !isEchoed(one, messages, me));

  const page = async (fetchMore: (where: Where) => Promise<void>) => {
    if (!paging.current) {
      paging.current = true;
      await fetchMore(where).catch(() => {});
      paging.current = false;
    }
  };
  const scroll = useScroll({
    key,
    ready: Boolean(stretch && hasTarget),
    drawn: `${messages.length}.${messages[0]?.id}.${outgoing.length}`,
    target,
    fromTop: Boolean(thread),
    nearTop: () => stretchOf(where)?.moreBefore && void page(fetchBefore),
    nearEnd: () => stretchOf(where)?.moreAfter && void page(fetchAfter),
    moved: (last) => last && readSoFar(where, Number(last)),
  });
  useEffect(() => {
    const seen = () => scroll.onScroll();
    window.addEventListener("focus", seen);
    return () => window.removeEventListener("focus", seen);
  });
  useEffect(() => {
    if (outgoing.length > 0) {
      scroll.toEnd();
    }
  }, [outgoing.length > 0 && outgoing.at(-1)?.nonce]);

  const below = scroll.atEnd ? 0 : countBelow(messages, freshAfter, me);
  return (
    <>
      <div class="scroller" ref={scroll.scroller} onScroll={scroll.onScroll}>
        <div class="scroller-inner">
          {!stretch &&
            (opening.error ? <Failed error={opening.error} again={open} /> : <Loading />)}
          {stretch && items.length === 0 && outgoing.length === 0 && <p class="empty">{empty}</p>}
          <Rows
            items={items}
            name={name}
            target={at}
            freshAfter={freshAfter}
            inThread={Boolean(thread)}
          />
          {outgoing.map((one) => (
            <OutgoingRow key={one.nonce} outgoing={one} />
          ))}
          {(!scroll.atEnd || stretch?.moreAfter) && stretch && (
            <div class="new-below">
              <Button
                small
                icon="arrowDown"
                onClick={() =>
                  stretch.moreAfter ? void openEnd(where).then(scroll.toEnd) : scroll.toEnd()
                }
              >
                {below > 0 ? t.channel.newBelow(below) : t.channel.toEnd}
              </Button>
            </div>
          )}
        </div>
      </div>
      <TypingLine channel={channel} thread={thread} />
    </>
  );
}

interface RowsProps {
  items: ReturnType<typeof itemsOf>;
  name: string;
  target?: number;
  freshAfter: number;
  inThread: boolean;
}

/** One stop of the Tab key for the whole list; arrows go from message to message. */
function Rows({ items, name, target, freshAfter, inThread }: RowsProps) {
  const lastId = items.findLast((item) => item.kind === "message")?.key;
  const [active, setActive] = useState<string | undefined>(undefined);
  const current = items.some((item) => item.key === active) ? active : lastId;
  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target instanceof HTMLElement ? event.target : undefined;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || !row?.dataset.message) {
      return;
    }
    event.preventDefault();
    const list = [...(row.closest("ol")?.querySelectorAll<HTMLElement>("[data-message]") ?? [])];
    list[list.indexOf(row) + step]?.focus();
  };
  return (
    <ol aria-label={t.channel.messages(name)} onKeyDown={onKeyDown}>
      {items.map((item) => {
        if (item.kind === "day") {
          return (
            <li key={item.key}>
              <h2 class="day">{dayOf(item.at)}</h2>
            </li>
          );
        }
        if (item.kind === "unread") {
          return (
            <li key={item.key} class="unread-line">
              {t.channel.unreadLine}
            </li>
          );
        }
        return (
          <MessageRow
            key={item.key}
            message={item.message}
            first={item.first}
            fresh={item.message.id > freshAfter}
            target={item.message.id === target}
            inThread={inThread}
            tabbable={item.key === current}
            onFocus={() => setActive(item.key)}
          />
        );
      })}
    </ol>
  );
}

/** Element to begin at: the message asked for, else the unread line. */
function useTarget(
  at: number | undefined,
  readUpTo: number,
  inThread: boolean,
): string | undefined {
  return at ? `[data-message="${at}"]` : readUpTo > 0 && !inThread ? ".unread-line" : undefined;
}

/** Its fact may come before the reply to its sending: then it is not drawn twice. */
function isEchoed(
  { body, at, files = [] }: Outgoing,
  messages: readonly Message[],
  me: number,
): boolean {
  const CLOCKS_APART_MS = 120_000;
  const names = files.map(({ name }) => name).join();
  const last = messages.slice(-10).filter((one) => one.author.id === me && one.body === body);
  // A message with files may have waited long: its files say which it is.
  return names === ""
    ? last.some((one) => !one.files && Math.abs(one.at - at) < CLOCKS_APART_MS)
    : last.some(
        (one) =>
          one.at > at - CLOCKS_APART_MS && one.files?.map(({ name }) => name).join() === names,
      );
}

function countBelow(messages: readonly Message[], after: number, me: number): number {
  return messages.filter((one) => one.id > after && one.author.id !== me && !one.deleted).length;
}

/** New messages of others are said, politely. */
function useAnnounce({ channel, thread }: Where): void {
  useEffect(() => {
    return onEachFact((fact) => {
      if (fact.fact !== "message.posted") {
        return;
      }
      const { message } = fact;
      const here = message.channel === channel && message.thread === thread;
      if (here && message.author.id !== state.peek().me.id) {
        announce(t.channel.newFrom(personName(message.author), plainText(message.nodes)));
      }
    });
  }, [channel, thread]);
}
