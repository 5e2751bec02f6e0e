import { dateOf } from "../../core/dates.ts";
import { useFacts, useQuery } from "../../core/hooks.ts";
import { ask } from "../../core/live.ts";
import { personName } from "../../core/names.ts";
import { t } from "../../core/strings.ts";
import type { Post } from "../../core/types.ts";

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
          <PostItem key={`${post.role}.${post.town ?? 0}`} post={post} />
        ))}
      </ul>
    </section>
  );
}

function PostItem({ post }: { post: Post }) {
  const held = post.holders.filter((holder) => holder.state !== "ended");
  return (
    <li class="list-item list-item-wrap">
      <span class="grow">
        {t.roles[post.role]} · {post.place} {post.left && <span class="tag">{t.members.left}</span>}
      </span>
      {held.length === 0 ? (
        <span class="tag tag-caution">{t.members.vacant}</span>
      ) : (
        <span class="small muted">
          {held
            .map((holder) => `${personName(holder)}, ${t.members.since(dateOf(holder.starts_at))}`)
            .join(" ; ")}
        </span>
      )}
    </li>
  );
}
