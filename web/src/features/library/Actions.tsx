import { useState } from "preact/hooks";
import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { go, hrefOf } from "../../core/router.ts";
import { lib } from "../../core/strings/library.ts";
import type { Resource, ResourceCan } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { EditionDialog } from "./EditionDialog.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
import { takeToPublish } from "./publishing.ts";
import { RemoveDialog, ReturnDialog, WithdrawDialog } from "./WordDialogs.tsx";

interface ActionsProps {
  resource: Resource;
  can: readonly ResourceCan[];
}
type Open = "edition" | "publish" | "return" | "withdraw" | "remove";

/** What this person may do with it, in the order of its life. */
export function Actions({ resource, can }: ActionsProps) {
  const { id, state } = resource;
  const [open, setOpen] = useState<Open | undefined>(() =>
    takeToPublish(id) ? "publish" : undefined,
  );
  const [edits, keeps] = [can.includes("edit"), can.includes("keep")];
  const close = () => setOpen(undefined);
  if (!edits && !keeps) {
    return null;
  }
  const published = state === "published";
  return (
    <section class="event-manage no-print" aria-labelledby="gerer">
      <h2 id="gerer" class="small muted">
        {lib.page.manage}
      </h2>
      <div class="row">
        {keeps && !published && (
          <Button kind="primary" icon="announce" onClick={() => setOpen("publish")}>
            {state === "scheduled" ? lib.act.move : lib.act.publish}
          </Button>
        )}
        {edits && !keeps && (state === "draft" || state === "returned") && <Propose id={id} />}
        {keeps && (state === "proposed" || state === "scheduled") && (
          <Button icon="reply" onClick={() => setOpen("return")}>
            {lib.act.giveBack}
          </Button>
        )}
        {edits && (
          <>
            <a class="button" href={hrefOf({ page: "resourceEdit", resource: id })}>
              <Icon name="edit" />
              {lib.act.edit}
            </a>
            <Button icon="plus" onClick={() => setOpen("edition")}>
              {lib.act.newEdition}
            </Button>
          </>
        )}
        {keeps && published && (
          <Button icon="archive" onClick={() => setOpen("withdraw")}>
            {lib.act.withdraw}
          </Button>
        )}
        {edits && !resource.published_at && (
          <Button icon="trash" onClick={() => setOpen("remove")}>
            {lib.act.remove}
          </Button>
        )}
      </div>
      {open === "publish" && <PublishDialog resource={resource} onClose={close} />}
      {open === "edition" && <EditionDialog resource={id} onClose={close} />}
      {open === "return" && <ReturnDialog resource={id} onClose={close} />}
      {open === "withdraw" && <WithdrawDialog resource={id} onClose={close} />}
      {open === "remove" && (
        <RemoveDialog
          resource={id}
          onClose={close}
          onDone={() => go({ page: "resources", query: {} }, "replace")}
        />
      )}
    </section>
  );
}

function Propose({ id }: { id: number }) {
  const proposing = useAction();
  const propose = () =>
    void proposing.run(async () => {
      await send("resource.propose", { resource: id });
      toast(lib.act.proposed);
    });
  return (
    <>
      <Button kind="primary" icon="send" busy={proposing.busy} onClick={propose}>
        {lib.act.propose}
      </Button>
      {proposing.error && <p class="field-error">{proposing.error}</p>}
    </>
  );
}
