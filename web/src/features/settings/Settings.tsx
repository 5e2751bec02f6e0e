// My account: name, password, what may call me, how it looks, where it is open, my data.

import { useState } from "preact/hooks";
import { useAction, useSelect } from "../../core/hooks.ts";
import { send } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import { type Theme, theme } from "../../core/theme.ts";
import { Button } from "../../ui/Button.tsx";
import { Choices, PasswordField, TextField } from "../../ui/Field.tsx";
import { NewPassword } from "../../ui/NewPassword.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { toast } from "../../ui/Toasts.tsx";
import { Feeds } from "./Feeds.tsx";
import { Levels } from "./Levels.tsx";
import { MyData } from "./MyData.tsx";
import { MyProfile } from "./MyProfile.tsx";
import { Reminders } from "./Reminders.tsx";
import { Sessions } from "./Sessions.tsx";

export default function Settings() {
  return (
    <Page title={t.settings.title} up={{ page: "places" }}>
      <Profile />
      <MyProfile />
      <Appearance />
      <Levels />
      <Reminders />
      <Feeds />
      <Password />
      <Sessions />
      <MyData />
    </Page>
  );
}

function Profile() {
  const me = useSelect((now) => now.me, []);
  const [name, setName] = useState(me.name);
  const saving = useAction();
  const submit = () =>
    void saving.run(async () => {
      await send("profile.update", { name: name.trim() });
      toast(t.settings.nameSaved);
    });
  return (
    <section aria-labelledby="profil">
      <h2 id="profil" class="visually-hidden">
        {t.settings.profile}
      </h2>
      <form
        class="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField autocomplete="name" label={t.settings.name} value={name} onValue={setName} />
        {me.email && (
          <p>
            <strong>{t.settings.email}</strong>
            <br />
            {me.email}
            <br />
            <span class="small muted">{t.settings.emailHint}</span>
          </p>
        )}
        {saving.error && <Notice kind="error">{saving.error}</Notice>}
        <Button type="submit" busy={saving.busy || name.trim() === me.name}>
          {t.settings.saveName}
        </Button>
      </form>
    </section>
  );
}

function Appearance() {
  return (
    <section class="section" aria-labelledby="apparence">
      <h2 id="apparence">{t.settings.appearance}</h2>
      <div class="card">
        <Choices<Theme>
          label={t.settings.theme}
          value={theme.value}
          onValue={(value) => {
            theme.value = value;
          }}
          options={[
            { value: "auto", label: t.settings.themes.auto },
            { value: "light", label: t.settings.themes.light },
            { value: "dark", label: t.settings.themes.dark },
            { value: "contrast", label: t.settings.themes.contrast },
          ]}
        />
      </div>
    </section>
  );
}

function Password() {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const saving = useAction();
  const submit = () =>
    void saving.run(async () => {
      await send("password.change", { current, next: password });
      setCurrent("");
      setPassword("");
      toast(t.settings.passwordChanged);
    });
  return (
    <section class="section" aria-labelledby="mot-de-passe">
      <h2 id="mot-de-passe">{t.settings.passwordTitle}</h2>
      <form
        class="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PasswordField
          autocomplete="current-password"
          label={t.password.current}
          value={current}
          onValue={setCurrent}
        />
        <NewPassword value={password} onValue={setPassword} />
        {saving.error && <Notice kind="error">{saving.error}</Notice>}
        <Button type="submit" busy={saving.busy || current === "" || password === ""}>
          {t.settings.changePassword}
        </Button>
      </form>
    </section>
  );
}
