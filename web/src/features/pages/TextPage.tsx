// Pages the operator writes: mentions légales, données personnelles, accessibilité.

import { useState } from "preact/hooks";
import { dateOf } from "../../core/dates.ts";
import { useAction, useQuery, useSelect } from "../../core/hooks.ts";
import { post } from "../../core/http.ts";
import { send } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import type { PageSlug } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Form } from "../../ui/Dialog.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { Prose } from "../../ui/message/Prose.tsx";
import { Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { toast } from "../../ui/Toasts.tsx";

export default function TextPage({ slug }: { slug: PageSlug }) {
  const { data, error, again } = useQuery(() => post("page.get", { slug }), [slug]);
  const administrator = useSelect((now) => now.me.administrator, []);
  const [editing, setEditing] = useState(false);
  return (
    <Page
      title={t.pages[slug]}
      above={data?.updated_at ? t.page.updated(dateOf(data.updated_at)) : undefined}
      tools={
        administrator && !editing && data ? (
          <Button icon="edit" onClick={() => setEditing(true)}>
            {t.page.edit}
          </Button>
        ) : undefined
      }
    >
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading />}
      {data &&
        !editing &&
        (data.body === "" ? (
          <p class="muted">{t.page.empty}</p>
        ) : (
          <Prose nodes={data.nodes} headings />
        ))}
      {data && editing && (
        <Editor
          slug={slug}
          body={data.body}
          onDone={() => {
            setEditing(false);
            again();
          }}
        />
      )}
    </Page>
  );
}

function Editor({
  slug,
  body: first,
  onDone,
}: {
  slug: PageSlug;
  body: string;
  onDone: () => void;
}) {
  const [body, setBody] = useState(first);
  const saving = useAction();
  const save = () =>
    void saving.run(async () => {
      await send("page.set", { slug, body });
      toast(t.page.published);
      onDone();
    });
  return (
    <Form
      submit={t.page.publish}
      onSubmit={save}
      onCancel={onDone}
      busy={saving.busy}
      error={saving.error}
    >
      <TextArea label={t.page.body} rows={20} value={body} onValue={setBody} />
    </Form>
  );
}
