import { t } from "../../core/strings.ts";
import type { ClubEvent, LinkShown } from "../../core/types.ts";
import { Choices, TextField } from "../../ui/Field.tsx";
import { Group } from "../../ui/Group.tsx";
import type { EventForm } from "./useEventForm.ts";

const SHOWN: readonly LinkShown[] = ["all", "registered"];

interface WhereProps {
  form: EventForm;
  event: ClubEvent | undefined;
}

/** A place, a link, or both. */
export function FormWhere({ form, event }: WhereProps) {
  const { draft, set, error, dirty } = form;
  const platform = dirty ? undefined : event?.platform;
  return (
    <Group title={t.eventForm.where}>
      <TextField
        optional
        label={t.eventForm.address}
        hint={t.eventForm.addressHint}
        value={draft.address}
        onValue={(address) => set({ address })}
        error={error("address")}
      />
      <TextField
        optional
        label={t.eventForm.commune}
        value={draft.commune}
        onValue={(commune) => set({ commune })}
        error={error("commune")}
      />
      <TextField
        optional
        type="url"
        label={t.eventForm.link}
        hint={
          platform && draft.link
            ? `${t.eventForm.platform(platform)} ${t.eventForm.linkHint}`
            : t.eventForm.linkHint
        }
        value={draft.link}
        onValue={(link) => set({ link })}
        error={error("link")}
      />
      {draft.link.trim() !== "" && draft.registration !== "none" && (
        <Choices<LinkShown>
          label={t.eventForm.linkShown}
          value={draft.linkShown}
          onValue={(linkShown) => set({ linkShown })}
          options={SHOWN.map((value) => ({ value, label: t.eventForm.linkShownTo[value] }))}
          error={error("link_shown")}
        />
      )}
    </Group>
  );
}
