import { useState } from "preact/hooks";
import { useAction, useQuery } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { lib } from "../../core/strings/library.ts";
import type { Club } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { Loading, Notice } from "../../ui/Notice.tsx";

/** A shelf followed from a feed reader: by the public address where there is one, else by one of one's own. */
export function Feed({ club }: { club: Club }) {
  const [open, setOpen] = useState(false);
  return (
    <details
      class="section shelf-feed"
      onToggle={(event: Event & { currentTarget: HTMLDetailsElement }) =>
        setOpen(event.currentTarget.open)
      }
    >
      <summary class="linklike">{lib.list.feed}</summary>
      {open && <Ways club={club} />}
    </details>
  );
}

/** Public where all that is on the shelf is: only the server knows. */
async function publicFeed(club: number): Promise<string> {
  const path = `/bibliotheque/${club}.atom`;
  const answer = await fetch(path);
  return answer.ok ? new URL(path, location.origin).href : "";
}

function Ways({ club }: { club: Club }) {
  const { data: shared, error } = useQuery(() => publicFeed(club.id), [club.id]);
  const { feedAddress: label, feedPublicHint: hint, copy, copied } = lib.list;
  if (shared === undefined && !error) {
    return <Loading />;
  }
  return shared ? (
    <div class="card">
      <CopyField label={label} hint={hint} value={shared} copy={copy} copied={copied} />
    </div>
  ) : (
    <Secret club={club} />
  );
}

function Secret({ club }: { club: Club }) {
  const making = useAction();
  const [url, setUrl] = useState<string>();
  const make = () =>
    void making.run(async () => {
      const made = await send("feed.create", { kind: "shelf", club: club.id });
      setUrl(made.url);
    });
  const { feedAddress: label, feedOnce: hint, copy, copied } = lib.list;
  return (
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
  );
}
