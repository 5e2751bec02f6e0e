import { useFacts, useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { t } from "../../core/strings.ts";
import { MemberItem } from "./MemberItem.tsx";

/** People let into single channels of the Club. */
export function Guests({ club }: { club: number }) {
  const { data, again } = useQuery(() => ask("guest.list", { club }), [club]);
  useFacts(["member.changed", "member.left"], again);
  const guests = data?.guests ?? [];
  if (guests.length === 0) {
    return null;
  }
  return (
    <section class="section" aria-labelledby="invites">
      <h2 id="invites">{t.members.guests}</h2>
      <ul class="list">
        {guests.map((guest) => (
          <MemberItem
            key={`${guest.channel}.${guest.member.id}`}
            member={guest.member}
            channel={guest.channel_name}
            manages
            present={false}
            onChange={again}
          />
        ))}
      </ul>
    </section>
  );
}
