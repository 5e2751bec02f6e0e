import { useEffect, useId, useRef, useState } from "preact/hooks";
import { go, type SearchParams } from "../../core/router.ts";
import { find } from "../../core/strings/find.ts";
import { Button } from "../../ui/Button.tsx";

interface BoxProps {
  query: SearchParams;
  label: string;
  toResults: () => void;
}

const WAIT_MS = 250;
const SHORTEST = 2; // letters after which what is typed is looked for

/** The box: half-typed words are looked for, Enter looks at once, the arrow goes to what was found. */
export function SearchBox({ query, label, toResults }: BoxProps) {
  const id = useId();
  const [text, setText] = useState(query.q);
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<number | undefined>(undefined);
  const asked = useRef(query.q);
  useEffect(() => {
    if (query.q !== asked.current) {
      asked.current = query.q; // come from elsewhere: another link, or back
      setText(query.q);
    }
  }, [query.q]);
  useEffect(() => {
    if (query.q === "") {
      field.current?.focus();
    }
    return () => window.clearTimeout(timer.current);
  }, []);
  useSlash(field);

  const search = (q: string, how: "push" | "replace") => {
    window.clearTimeout(timer.current);
    asked.current = q;
    go({ page: "search", query: { ...query, q } }, how);
  };
  const onInput = (value: string) => {
    setText(value);
    window.clearTimeout(timer.current);
    const q = value.trim();
    if (q.length >= SHORTEST || q === "") {
      timer.current = window.setTimeout(() => search(q, "replace"), WAIT_MS);
    }
  };
  return (
    <form
      class="search-form"
      onSubmit={(event) => {
        event.preventDefault();
        search(text.trim(), "replace");
      }}
    >
      <input
        ref={field}
        class="input"
        type="search"
        aria-label={label}
        aria-describedby={id}
        placeholder={find.placeholder}
        autocomplete="off"
        enterkeyhint="search"
        value={text}
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") {
            event.preventDefault();
            toResults();
          }
        }}
      />
      <Button type="submit" kind="primary" icon="search">
        {find.submit}
      </Button>
      <span id={id} hidden>
        {find.keys}
      </span>
    </form>
  );
}

/** « / » comes back to the box, except where it is a letter being typed. */
function useSlash(field: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const at = event.target instanceof Element ? event.target : undefined;
      const typing = at?.closest("input, textarea, select, dialog, [contenteditable]");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        field.current?.focus();
        field.current?.select();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
