import { useState } from "preact/hooks";
import { useAction } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import type { Channel, Posting } from "../../core/types.ts";
import { Dialog, Form } from "../../ui/Dialog.tsx";
import { Choices, TextArea, TextField } from "../../ui/Field.tsx";
import { toast } from "../../ui/Toasts.tsx";

interface FormProps {
  club: number;
  channel?: Channel; // absent: a new one
  onClose: () => void;
}

export function ChannelForm({ club, channel, onClose }: FormProps) {
  const [name, setName] = useState(channel?.name ?? "");
  const [purpose, setPurpose] = useState(channel?.purpose ?? "");
  const [kind, setKind] = useState<"open" | "private">("open");
  const [posting, setPosting] = useState<Posting>(channel?.posting ?? "all");
  const saving = useAction();
  const submit = () =>
    void saving.run(async () => {
      const words = { name: name.trim(), purpose: purpose.trim(), posting };
      if (channel) {
        await send("channel.update", { channel: channel.id, ...words });
        toast(t.channels.changed);
      } else {
        await send("channel.create", { club, kind, ...words });
        toast(t.channels.created);
      }
      onClose();
    });
  return (
    <Dialog
      title={channel ? t.channels.editTitle(channel.name) : t.channels.addTitle}
      onClose={onClose}
    >
      <Form
        submit={channel ? t.save : t.channels.create}
        onSubmit={submit}
        onCancel={onClose}
        busy={saving.busy}
        error={saving.error}
      >
        <TextField label={t.channels.name} value={name} onValue={setName} />
        <TextArea
          optional
          rows={2}
          label={t.channels.purpose}
          hint={t.channels.purposeHint}
          value={purpose}
          onValue={setPurpose}
        />
        {!channel && (
          <Choices<"open" | "private">
            label={t.channels.kind}
            value={kind}
            onValue={setKind}
            options={[
              { value: "open", label: t.channels.open },
              { value: "private", label: t.channels.private },
            ]}
          />
        )}
        <Choices<Posting>
          label={t.channels.posting}
          value={posting}
          onValue={setPosting}
          options={[
            { value: "all", label: t.channels.postingAll },
            { value: "animateurs", label: t.channels.postingAnimateurs },
          ]}
        />
      </Form>
    </Dialog>
  );
}
