import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../core/strings.ts";
import { Button, IconButton } from "./Button.tsx";
import { Notice } from "./Notice.tsx";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  wide?: boolean;
}

/** A native modal: the browser keeps the focus inside, and gives it back. */
export function Dialog({ title, onClose, children, wide }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before anything else is typed: who presses Ctrl+K and writes on loses no letter.
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    return () => {
      dialog.current?.close();
      if (before instanceof HTMLElement && before.isConnected) {
        before.focus();
      }
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog${wide ? " dialog-wide" : ""}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton icon="close" label={t.close} onClick={onClose} />
      </div>
      <div class="dialog-body stack">{children}</div>
    </dialog>
  );
}

interface FormProps {
  submit: string;
  onSubmit: () => void;
  onCancel?: () => void;
  cancel?: string; // where « Annuler » could be misread
  busy?: boolean;
  danger?: boolean;
  error?: string;
  children: ComponentChildren;
}

/** What a dialog is mostly for: some fields, one verb, a way out. */
export function Form(props: FormProps) {
  const { submit, onSubmit, onCancel, cancel, busy, danger, error, children } = props;
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) {
          onSubmit();
        }
      }}
    >
      {children}
      {error && <Notice kind="error">{error}</Notice>}
      <div class="dialog-actions">
        {onCancel && <Button onClick={onCancel}>{cancel ?? t.cancel}</Button>}
        <Button type="submit" kind={danger ? "danger" : "primary"} busy={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
