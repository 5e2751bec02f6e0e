import { useState } from "preact/hooks";
import { useSelect } from "../../core/hooks.ts";
import { logOut } from "../../core/logout.ts";
import { outbox } from "../../core/outbox.ts";
import { go } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Disc } from "../../ui/Disc.tsx";
import { Menu } from "../../ui/Menu.tsx";

export function AccountMenu({ onJump }: { onJump: () => void }) {
  const me = useSelect((now) => now.me, []);
  const [asking, setAsking] = useState(false);
  const leave = () => (outbox.value.length > 0 ? setAsking(true) : void logOut());
  return (
    <>
      <Menu
        label={`${t.nav.account} : ${me.name}`}
        face={<Disc person={me} />}
        items={[
          { icon: "list", label: t.nav.jump, onSelect: onJump },
          { icon: "settings", label: t.nav.settings, onSelect: () => go({ page: "settings" }) },
          { icon: "logout", label: t.nav.logout, onSelect: leave, lineBefore: true },
        ]}
      />
      {asking && (
        <Dialog title={t.nav.logout} onClose={() => setAsking(false)}>
          <Form
            danger
            submit={t.settings.logoutAnyway}
            onSubmit={() => void logOut()}
            onCancel={() => setAsking(false)}
          >
            <p>{t.settings.unsent}</p>
          </Form>
        </Dialog>
      )}
    </>
  );
}
