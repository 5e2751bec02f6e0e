import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { messageOf } from "../../core/problem.ts";
import { go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Button } from "../Button.tsx";
import { toast } from "../Toasts.tsx";

/** Opens the direct conversation with somebody, the one there is or a new one. */
export function WriteButton({ id, name }: { id: number; name: string }) {
  const opening = useAction();
  const open = () =>
    void opening.run(async () => {
      try {
        const { id: channel } = await send("direct.open", { people: [id] });
        go({ page: "direct", channel });
      } catch (error) {
        toast(messageOf(error));
      }
    });
  return (
    <Button icon="thread" label={t.profile.writeTo(name)} busy={opening.busy} onClick={open}>
      {t.profile.write}
    </Button>
  );
}
