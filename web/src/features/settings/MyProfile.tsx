import { useState } from "preact/hooks";
import { useThemes } from "../../core/events.ts";
import { useAction, useQuery, useSelect } from "../../core/hooks.ts";
import { ask, send } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import type { Commands, Profile, Shown } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Check, Checks } from "../../ui/Checks.tsx";
import { TextArea, TextField } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Failed, Notice } from "../../ui/Notice.tsx";
import { PersonCard } from "../../ui/person/PersonCard.tsx";
import { toast } from "../../ui/Toasts.tsx";

type Mine = Commands["profile.mine"][1];

/** What I say of myself, a switch for each thing, and how others will see it. */
export function MyProfile() {
  const me = useSelect((now) => now.me.id, []);
  const { data, error, again } = useQuery(async () => {
    const [mine, seen] = await Promise.all([
      ask("profile.mine", {}),
      ask("profile.get", { person: me }),
    ]);
    return { mine, profile: seen.profile };
  }, [me]);
  return (
    <section class="section" aria-labelledby="mon-profil">
      <h2 id="mon-profil">{t.myProfile.title}</h2>
      <p class="muted">{t.myProfile.hint}</p>
      {error && <Failed error={error} again={again} />}
      {data && <ProfileForm {...data} />}
    </section>
  );
}

function ProfileForm({ mine, profile }: { mine: Mine; profile: Profile }) {
  const [draft, setDraft] = useState(mine);
  const [kept, setKept] = useState(mine);
  const name = useSelect((now) => now.me.name, []);
  const saving = useAction();
  const change = (part: Partial<Mine>) => setDraft({ ...draft, ...part });
  const same = JSON.stringify(draft) === JSON.stringify(kept);
  const submit = () =>
    void saving.run(async () => {
      const { offer, phone, themes, shows } = draft;
      await send("profile.set", { offer, phone, themes, shows });
      setKept(draft);
      toast(t.myProfile.saved);
    });
  return (
    <form
      class="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Fields draft={draft} change={change} />
      <div class="preview">
        <h3>{t.myProfile.preview}</h3>
        <p class="field-hint">{t.myProfile.previewHint}</p>
        <PersonCard profile={seenAs({ ...profile, name }, draft)} level={3} />
      </div>
      {saving.error && <Notice kind="error">{saving.error}</Notice>}
      <Button type="submit" kind="primary" busy={saving.busy || same}>
        {t.myProfile.save}
      </Button>
    </form>
  );
}

interface FieldsProps {
  draft: Mine;
  change: (part: Partial<Mine>) => void;
}

function Fields({ draft, change }: FieldsProps) {
  const themes = useThemes();
  const shows = (what: Shown) => (
    <Check
      label={
        <>
          <Icon name={draft.shows.includes(what) ? "eye" : "eyeOff"} /> {t.myProfile.shown[what]}
        </>
      }
      checked={draft.shows.includes(what)}
      onChecked={(on) => change({ shows: withShown(draft.shows, what, on) })}
    />
  );
  return (
    <>
      <div class="said">
        <TextArea
          label={t.myProfile.offer}
          hint={t.myProfile.offerHint}
          value={draft.offer}
          onValue={(offer) => change({ offer })}
        />
        {shows("offer")}
      </div>
      <div class="said">
        <Checks
          label={t.myProfile.themes}
          values={draft.themes}
          options={themes.map((theme) => ({ value: theme.id, label: theme.name }))}
          onValues={(chosen) => change({ themes: [...chosen].sort((a, b) => a - b) })}
        />
        {shows("themes")}
      </div>
      <div class="said">
        <TextField
          type="tel"
          autocomplete="tel"
          inputMode="tel"
          optional
          label={t.myProfile.phone}
          value={draft.phone}
          onValue={(phone) => change({ phone })}
        />
        {shows("phone")}
      </div>
      <div class="said">
        <p>
          <strong>{t.myProfile.email}</strong>
          <br />
          {draft.email || t.myProfile.noEmail}
        </p>
        {shows("email")}
      </div>
    </>
  );
}

function withShown(shows: readonly Shown[], what: Shown, on: boolean): Shown[] {
  const order: readonly Shown[] = ["offer", "themes", "email", "phone"];
  return order.filter((one) => (one === what ? on : shows.includes(one)));
}

/** As members of my Clubs would see it, were it saved. */
function seenAs({ id, name, functions, departements }: Profile, draft: Mine): Profile {
  const has = (what: Shown) => draft.shows.includes(what);
  const offer = draft.offer.trim();
  const phone = draft.phone.trim();
  return {
    id,
    name,
    functions,
    departements,
    ...(has("offer") && offer ? { offer } : {}),
    ...(has("themes") && draft.themes.length > 0 ? { themes: draft.themes } : {}),
    ...(has("email") && draft.email ? { email: draft.email } : {}),
    ...(has("phone") && phone ? { phone } : {}),
  };
}
