/** A figure, kept for what calls me. */
export function Badge({ count, label }: { count: number; label: string }) {
  return count > 0 ? (
    <span class="badge">
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span class="visually-hidden">{label}</span>
    </span>
  ) : null;
}
