// Keeps the reader's place while messages come above and below.

import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const NEAR_PX = 48;
const FETCH_PX = 600;
const READ_AT = 1 / 3; // of the height of what is on screen

interface Anchor {
  id: string;
  top: number;
}
type Place = Anchor | "top" | "end";
/** Where each conversation was left, in this tab. */
const left = new Map<string, Place>();

export interface ScrollOptions {
  key: string; // the conversation
  ready: boolean;
  drawn: unknown; // changes with what is drawn
  target: string | undefined; // selector of the element to begin at
  fromTop: boolean; // without a target nor a place that was left: begins at its first message
  nearTop: () => void;
  nearEnd: () => void;
  moved: (lastVisible: string | undefined) => void;
}

export interface Scroll {
  scroller: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  toEnd: () => void;
  onScroll: () => void;
}

export function useScroll(options: ScrollOptions): Scroll {
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<Place | undefined>(undefined);
  const placed = useRef("");
  const held = useRef(-1); // where we scrolled to
  const [atEnd, setAtEnd] = useState(true);

  const note = () => {
    const box = scroller.current;
    if (!box || placed.current !== options.key) {
      return;
    }
    const end = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    const top = options.fromTop && box.scrollTop === 0 && box.scrollHeight > box.clientHeight;
    anchor.current = top ? "top" : end ? "end" : whereRead(box);
    left.set(options.key, anchor.current ?? "end");
    setAtEnd(end);
    options.moved(lastVisible(box));
    if (box.scrollTop < FETCH_PX) {
      options.nearTop();
    }
    if (box.scrollHeight - box.scrollTop - box.clientHeight < FETCH_PX) {
      options.nearEnd();
    }
  };

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box || !options.ready) {
      return;
    }
    if (placed.current !== options.key) {
      placed.current = options.key;
      begin(box, options.target, left.get(options.key) ?? (options.fromTop ? "top" : "end"));
    } else {
      hold(box, anchor.current);
    }
    held.current = box.scrollTop;
    note();
  }, [options.key, options.ready, options.drawn]);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && options.ready && options.target && placed.current === options.key) {
      begin(box, options.target, "end");
      held.current = box.scrollTop;
      note();
    }
  }, [options.target]);

  useEffect(() => {
    const box = scroller.current;
    // Cards are drawn late, and take another height than what they stand for.
    const watcher = new ResizeObserver(() => {
      if (box && anchor.current) {
        hold(box, anchor.current);
        held.current = box.scrollTop;
      }
    });
    if (box) {
      watcher.observe(box);
      if (box.firstElementChild) {
        watcher.observe(box.firstElementChild);
      }
    }
    return () => watcher.disconnect();
  }, []);

  const toEnd = () => {
    anchor.current = "end";
    if (scroller.current) {
      hold(scroller.current, "end");
      held.current = scroller.current.scrollTop;
    }
  };
  // Word of our own scrolling comes late: what was drawn meanwhile must not pass for the reader's.
  const onScroll = () => {
    const box = scroller.current;
    if (box && box.scrollTop === held.current) {
      hold(box, anchor.current);
      held.current = box.scrollTop;
    }
    note();
  };
  return { scroller, atEnd, toEnd, onScroll };
}

function begin(box: HTMLElement, target: string | undefined, place: Place): void {
  const element = target ? box.querySelector(target) : null;
  if (element) {
    const offset = element.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += offset - box.clientHeight * READ_AT;
  } else {
    hold(box, place);
  }
}

function hold(box: HTMLElement, place: Place | undefined): void {
  const anchor = typeof place === "object" ? place : undefined;
  const element = anchor && rowOf(box, anchor.id);
  if (anchor && element) {
    box.scrollTop +=
      element.getBoundingClientRect().top - box.getBoundingClientRect().top - anchor.top;
  } else {
    box.scrollTop = place === "top" ? 0 : box.scrollHeight;
  }
}

function rowOf(box: HTMLElement, id: string): HTMLElement | null {
  return box.querySelector(`[data-message="${id}"]`);
}
function rows(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>("[data-message]")];
}
/** Where one reads, and where `begin` puts its target: what grows above it must not push it down. */
function whereRead(box: HTMLElement): Anchor | undefined {
  const { top, height } = box.getBoundingClientRect();
  const all = rows(box);
  const row =
    all.find((one) => one.getBoundingClientRect().top >= top + height * READ_AT - 1) ??
    all.findLast((one) => one.getBoundingClientRect().bottom > top);
  return row && { id: row.dataset.message ?? "", top: row.getBoundingClientRect().top - top };
}
function lastVisible(box: HTMLElement): string | undefined {
  const bottom = box.getBoundingClientRect().bottom + NEAR_PX;
  return rows(box).findLast((one) => one.getBoundingClientRect().bottom <= bottom)?.dataset.message;
}
