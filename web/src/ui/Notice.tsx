import type { ComponentChildren } from "preact";
import { t } from "../core/strings.ts";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";

type Kind = "info" | "error" | "caution";

export function Notice({ kind = "info", children }: { kind?: Kind; children: ComponentChildren }) {
  return (
    <div class={`notice notice-${kind}`} role={kind === "error" ? "alert" : undefined}>
      <Icon name={kind === "info" ? "info" : "alert"} />
      <div class="grow">{children}</div>
    </div>
  );
}

/** Nothing yet: what this place is for, and the one thing to do. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

export function Loading() {
  return <p class="loading">{t.loading}</p>;
}

export function Failed({ error, again }: { error: string; again: () => void }) {
  return (
    <Notice kind="error">
      <p>{error}</p>
      <p>
        <Button small onClick={again}>
          {t.retry}
        </Button>
      </p>
    </Notice>
  );
}
