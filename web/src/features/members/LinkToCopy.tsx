import { t } from "../../core/strings.ts";
import { CopyField } from "../../ui/CopyField.tsx";

export function LinkToCopy({ name, link }: { name: string; link: string }) {
  const { link: label, linkOnce: hint, copy, copied } = t.members;
  return (
    <div class="stack">
      <p>{t.members.sent(name)}</p>
      <CopyField label={label} hint={hint} value={link} copy={copy} copied={copied} />
    </div>
  );
}
