import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./Icon.tsx";

export interface MenuItem {
  icon?: IconName;
  label: string;
  onSelect: () => void;
  danger?: boolean;
  lineBefore?: boolean;
}
interface PopupProps {
  label: string;
  face: ComponentChildren; // what the button shows
  class?: string;
  role?: "menu" | "dialog";
  children: (close: () => void) => ComponentChildren;
  onToggle?: (open: boolean) => void;
}

const GAP_PX = 4;
const EDGE_PX = 8;

/** A button and what it opens, in the top layer, so that no scrolling pane cuts it. */
export function Popup({
  label,
  face,
  class: extra = "icon-button",
  role = "menu",
  children,
  onToggle,
}: PopupProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const close = () => popup.current?.hidePopover();
  const toggled = (isOpen: boolean) => {
    setOpen(isOpen);
    onToggle?.(isOpen);
  };
  useLayoutEffect(() => {
    if (open && button.current && popup.current) {
      place(button.current, popup.current);
      popup.current.querySelector<HTMLElement>("button, a")?.focus();
    }
  }, [open]);
  return (
    <>
      <button
        ref={button}
        type="button"
        class={extra}
        title={label}
        aria-haspopup={role}
        aria-expanded={open}
        popovertarget={id}
      >
        {face}
        <span class="visually-hidden">{label}</span>
      </button>
      {/* biome-ignore lint/a11y: its role, menu or dialog, is the caller's choice */}
      <div
        ref={popup}
        id={id}
        popover="auto"
        class="menu"
        role={role}
        aria-label={label}
        tabIndex={-1}
        onToggle={(event: Event) => toggled((event as ToggleEvent).newState === "open")}
        onKeyDown={(event) => onKey(event, close)}
      >
        {open && children(close)}
      </div>
    </>
  );
}

interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  face?: ComponentChildren;
  class?: string;
  top?: (close: () => void) => ComponentChildren; // above the items
  onToggle?: (open: boolean) => void;
}

export function Menu({ label, items, face, class: extra, top, onToggle }: MenuProps) {
  return (
    <Popup label={label} face={face ?? <Icon name="more" />} class={extra} onToggle={onToggle}>
      {(close) => (
        <>
          {top?.(close)}
          {items.map((item) => (
            <>
              {item.lineBefore && <hr class="menu-line" />}
              <button
                key={item.label}
                type="button"
                role="menuitem"
                tabIndex={-1}
                class={`menu-item${item.danger ? " menu-item-danger" : ""}`}
                onClick={() => {
                  close();
                  item.onSelect();
                }}
              >
                {item.icon && <Icon name={item.icon} />}
                {item.label}
              </button>
            </>
          ))}
        </>
      )}
    </Popup>
  );
}

/** Below the button if there is room, else above; never off the screen. */
function place(button: HTMLElement, popup: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const size = popup.getBoundingClientRect();
  const below = at.bottom + GAP_PX + size.height <= window.innerHeight - EDGE_PX;
  const top = below ? at.bottom + GAP_PX : at.top - GAP_PX - size.height;
  const left =
    at.left + size.width <= window.innerWidth - EDGE_PX ? at.left : at.right - size.width;
  popup.style.top = `${Math.max(EDGE_PX, top)}px`;
  popup.style.left = `${Math.max(EDGE_PX, left)}px`;
}

function onKey(event: KeyboardEvent & { currentTarget: HTMLElement }, close: () => void): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("button, a")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const moves: Record<string, number> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    ArrowRight: Math.min(at + 1, items.length - 1),
    ArrowLeft: Math.max(at - 1, 0),
    Home: 0,
    End: items.length - 1,
  };
  const to = moves[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[to]?.focus();
  } else if (event.key === "Tab") {
    close();
  } else if (event.key === "Escape") {
    event.stopPropagation();
  }
}
