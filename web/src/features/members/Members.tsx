// Who is in the Club; for its animateurs, invitations, roles and posts.

import { useState } from "preact/hooks";
import { useFacts, usePages, useQuery, useSelect } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { hrefOf } from "../../core/router.ts";
import { t } from "../../core/strings.ts";
import type { Member } from "../../core/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, Failed, Loading } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { Guests } from "./Guests.tsx";
import { Invitations } from "./Invitations.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { MemberItem } from "./MemberItem.tsx";
import { Posts } from "./Posts.tsx";

const PRESENCE_MAX = 50;

export default function Members({ club: id }: { club: number }) {
  const club = useSelect((now) => now.clubs[id], [id]);
  const [text, setText] = useState("");
  const [inviting, setInviting] = useState(false);
  const query = text.trim();
  const list = usePages(
    async (last?: Member) => {
      const page = { club: id, ...(query ? { query } : {}), ...(last ? { after: last.id } : {}) };
      const { members, more } = await ask("member.list", page);
      return more ? { items: members, more } : { items: members };
    },
    [id, query],
  );
  const members = list.items ?? [];
  const ids = members.map((member) => member.id).slice(-PRESENCE_MAX);
  const present = useQuery(
    async () => (ids.length > 0 ? (await ask("presence.ask", { people: ids })).people : []),
    [ids.join()],
  );
  useFacts(["member.changed", "member.left"], list.again);
  const manages = club?.can.includes("manage") ?? false;
  return (
    <Page
      title={t.members.heading}
      up={{ page: "club", club: id }}
      above={club && <a href={hrefOf({ page: "club", club: id })}>{club.name}</a>}
      tools={
        manages ? (
          <Button kind="primary" icon="invite" onClick={() => setInviting(true)}>
            {t.members.invite}
          </Button>
        ) : undefined
      }
    >
      {manages && <Invitations club={id} />}
      <section class="section" aria-label={t.members.heading}>
        <input
          class="input"
          type="search"
          aria-label={t.members.search}
          placeholder={t.members.search}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {list.error && <Failed error={list.error} again={list.again} />}
        {!list.items && !list.error && <Loading />}
        {list.items && members.length === 0 && <Empty title={t.members.none} />}
        <ul class="list">
          {members.map((member) => (
            <MemberItem
              key={member.id}
              member={member}
              manages={manages}
              present={present.data?.includes(member.id) ?? false}
              onChange={list.again}
            />
          ))}
        </ul>
        {list.more && <Button onClick={list.next}>{t.loadMore}</Button>}
      </section>
      {manages && <Guests club={id} />}
      {manages && <Posts club={id} />}
      {inviting && <InviteDialog club={id} onClose={() => setInviting(false)} />}
    </Page>
  );
}
