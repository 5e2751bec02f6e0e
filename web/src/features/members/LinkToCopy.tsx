import { t } from "../../core/strings.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { toast } from "../../ui/Toasts.tsx";

export function LinkToCopy({ name, link }: { name: string; link: string }) {
  const copy = () => void navigator.clipboard.writeText(link).then(() => toast(t.members.copied));
  return (
    <div class="stack">
      <p>{t.members.sent(name)}</p>
      <Field
        label={t.members.link}
        hint={t.members.linkOnce}
        control={(wiring) => (
          <input
            {...wiring}
            class="input link-copy"
            type="text"
            readOnly
            value={link}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      />
      <Button icon="copy" kind="primary" onClick={copy}>
        {t.members.copy}
      </Button>
    </div>
  );
}
