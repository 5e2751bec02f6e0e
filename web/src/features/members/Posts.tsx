import { dateOf } from "../../core/dates.ts";
import { useFacts, useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { t } from "../../core/strings.ts";

/** Posts of the Club and who holds them: a vacant one is to be filled by an invitation. */
export function Posts({ club }: { club: number }) {
  const { data, again } = useQuery(() => ask("post.list", { club }), [club]);
  useFacts(["member.changed", "member.left"], again);
  const posts = data?.posts ?? [];
  if (posts.length === 0) {
    return null;
  }
  return (
    <section class="section" aria-labelledby="postes">
      <h2 id="postes">{t.members.posts}</h2>
      <ul class="list">
        {posts.map((post) => (
          <li class="list-item list-item-wrap" key={post.id}>
            <span class="grow">{post.label}</span>
            {post.holders.length === 0 ? (
              <span class="tag tag-caution">{t.members.vacant}</span>
            ) : (
              <span class="small muted">
                {post.holders
                  .map((holder) => `${personName(holder.person)}, ${t.members.since(dateOf(holder.starts_at))}`)
                  .join(" ; ")}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
