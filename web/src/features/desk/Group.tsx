import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface GroupProps {
  title: string;
  hint?: string;
  children: ComponentChildren;
}

/** Fields that answer one question. */
export function Group({ title, hint, children }: GroupProps) {
  const id = useId();
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div class="card stack">
        {hint && <p class="muted small">{hint}</p>}
        {children}
      </div>
    </section>
  );
}
