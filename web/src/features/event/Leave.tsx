import { useState } from "preact/hooks";
import { act } from "../../core/own.ts";
import { t } from "../../core/strings.ts";
import type { RegistrationState } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import type { RunProps } from "./Registration.tsx";

const WORDS: Partial<Record<RegistrationState, string>> = {
  invited: t.register.decline,
  asked: t.register.withdraw,
  waiting: t.register.leaveWaiting,
  offered: t.register.letGo,
  seated: t.register.cancel,
};

/** Giving one's place back; asked twice where it would be lost to somebody else. */
export function Leave({ event, mine, run, busy }: RunProps) {
  const [asking, setAsking] = useState(false);
  const leave = async () => {
    setAsking(false);
    await run(() => act("event.unregister", { event: event.id }));
  };
  const gives = mine.registration === "seated" || mine.registration === "offered";
  return (
    <>
      <Button busy={busy} onClick={() => (gives ? setAsking(true) : void leave())}>
        {WORDS[mine.registration]}
      </Button>
      {asking && (
        <Dialog title={t.register.cancelTitle} onClose={() => setAsking(false)}>
          <Form danger submit={t.register.cancelYes} onSubmit={() => void leave()}>
            <p>{event.waiting > 0 ? t.register.cancelText : t.register.cancelFree}</p>
            <p>
              <Button kind="quiet" onClick={() => setAsking(false)}>
                {t.register.keep}
              </Button>
            </p>
          </Form>
        </Dialog>
      )}
    </>
  );
}
