import { downloadExport } from "../../core/download.ts";
import { useAction } from "../../core/hooks.ts";
import { state } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";

export function MyData() {
  const exporting = useAction();
  return (
    <section class="section" aria-labelledby="donnees">
      <h2 id="donnees">{t.settings.data}</h2>
      <p class="muted">{t.settings.dataHint}</p>
      <p>
        <Button
          icon="download"
          busy={exporting.busy}
          onClick={() => void exporting.run(() => downloadExport(state.peek().me.id))}
        >
          {t.settings.export}
        </Button>
      </p>
      {exporting.error && <Notice kind="error">{exporting.error}</Notice>}
      <p class="small muted">{t.settings.eraseHint}</p>
    </section>
  );
}
