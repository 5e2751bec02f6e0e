import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../../core/strings.ts";
import { IconButton } from "../../ui/Button.tsx";
import { useDrop } from "../../ui/files/useDrop.ts";

interface PanelProps {
  title: string;
  onClose: () => void;
  tools?: ComponentChildren;
  onFiles?: ((files: File[]) => void) | undefined; // dropped onto it
  children: ComponentChildren;
}

/** The right-hand panel; Escape closes it. */
export function SidePanel({ title, onClose, tools, onFiles, children }: PanelProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const drop = useDrop(onFiles);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) {
        before.focus();
      }
    };
  }, []);
  return (
    <aside
      class="panel"
      aria-labelledby={id}
      {...drop.handlers}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) {
          onClose();
        }
      }}
    >
      {drop.over && <p class="drop-here">{t.files.dropReply}</p>}
      <header class="panel-head">
        <IconButton class="only-narrow" icon="back" label={t.back} onClick={onClose} />
        <h2 id={id} ref={heading} tabIndex={-1} class="clip">
          {title}
        </h2>
        {tools}
        <IconButton class="not-narrow" icon="close" label={t.close} onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}
