import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { callBy, type Names } from "../../core/mentions.ts";
import type { Channel } from "../../core/types.ts";
import { type Suggestion, suggest } from "./mentions.ts";
import { mentionAt } from "./words.ts";

export interface Mentions {
  id: string;
  open: boolean;
  items: readonly Suggestion[];
  active: number;
  activeId: string;
  look: () => void;
  close: () => void;
  choose: (item: Suggestion) => void;
  onKeyDown: (event: KeyboardEvent) => boolean;
}
const WAIT_MS = 120;

/**
 * Completion of « @ » in a field: a list below the hand, arrows to choose, Enter or Tab to take.
 */
export function useMentions(
  channel: Channel,
  field: { current: HTMLTextAreaElement | null },
  text: string,
  setText: (text: string) => void,
  names: Names,
): Mentions {
  const id = useId();
  const me = useSelect((now) => now.me.id, []);
  const [items, setItems] = useState<readonly Suggestion[]>([]);
  const [active, setActive] = useState(0);
  const timer = useRef<number | undefined>(undefined);
  const turn = useRef(0);
  const nothing = useRef(""); // found nothing: what begins so will not either
  const close = () => {
    turn.current++;
    window.clearTimeout(timer.current);
    setItems([]);
  };
  useEffect(() => close, [channel.id]);

  const look = () => {
    window.clearTimeout(timer.current);
    const mine = ++turn.current;
    timer.current = window.setTimeout(() => {
      const box = field.current;
      const at = box ? mentionAt(box.value, box.selectionStart) : undefined;
      const written = [...names.keys()].some((name) => at?.query.startsWith(name));
      if (!at || written || (nothing.current && at.query.startsWith(nothing.current))) {
        setItems([]);
        return;
      }
      suggest(channel, at.query, me).then(
        (found) => {
          if (turn.current === mine) {
            nothing.current = found.length === 0 ? at.query : "";
            setItems(found);
            setActive(0);
          }
        },
        () => {},
      );
    }, WAIT_MS);
  };
  const choose = (item: Suggestion) => {
    const box = field.current;
    const at = box ? mentionAt(text, box.selectionStart) : undefined;
    if (!box || !at) {
      return;
    }
    const call = item.person ? (callBy(item.person, names) ?? `@[${item.person.id}]`) : item.text;
    const before = `${text.slice(0, at.start)}${call} `;
    setText(before + text.slice(box.selectionStart).replace(/^ /, ""));
    close();
    requestAnimationFrame(() => {
      box.focus();
      box.setSelectionRange(before.length, before.length);
    });
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const item = items[active];
    if (!item) {
      return false;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((active + step + items.length) % items.length);
      return true;
    }
    if (event.key === "Enter" || event.key === "Tab") {
      choose(item);
      return true;
    }
    if (event.key === "Escape") {
      close();
      return true;
    }
    return false;
  };
  const activeId = `${id}-${items[active]?.key ?? ""}`;
  return { id, open: items.length > 0, items, active, activeId, look, close, choose, onKeyDown };
}
