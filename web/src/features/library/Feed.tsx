import { useState } from "preact/hooks";
import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { lib } from "../../core/strings/library.ts";
import type { Club } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { Notice } from "../../ui/Notice.tsx";

/** A shelf followed from a feed reader: by an address of one's own, shown once. */
export function Feed({ club }: { club: Club }) {
  const making = useAction();
  const [url, setUrl] = useState<string>();
  const make = () =>
    void making.run(async () => {
      const made = await send("feed.create", { kind: "shelf", club: club.id });
      setUrl(made.url);
    });
  const { feedAddress: label, feedOnce: hint, copy, copied } = lib.list;
  return (
    <details class="section shelf-feed">
      <summary class="linklike">{lib.list.feed}</summary>
      <div class="card stack">
        <p class="muted">{lib.list.feedHint}</p>
        {making.error && <Notice kind="error">{making.error}</Notice>}
        {url ? (
          <CopyField label={label} hint={hint} value={url} copy={copy} copied={copied} />
        ) : (
          <Button icon="rss" busy={making.busy} onClick={make}>
            {lib.list.feedSecret}
          </Button>
        )}
      </div>
    </details>
  );
}
