import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface GroupProps {
  title: string;
  hint?: string;
  bare?: boolean; // says something, asks nothing
  children: ComponentChildren;
}

/** Fields that answer one question. */
export function Group({ title, hint, bare, children }: GroupProps) {
  const id = useId();
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div class={bare ? undefined : "card stack"}>
        {hint && <p class="muted small">{hint}</p>}
        {children}
      </div>
    </section>
  );
}
