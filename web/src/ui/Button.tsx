import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

interface ButtonProps {
  children: ComponentChildren;
  kind?: "primary" | "plain" | "danger" | "quiet";
  small?: boolean;
  type?: "button" | "submit";
  icon?: IconName;
  busy?: boolean;
  label?: string; // fuller name for screen readers; must begin with the text shown
  onClick?: (event: MouseEvent) => void;
}

export function Button({
  kind = "plain",
  type = "button",
  small,
  icon,
  busy,
  label,
  onClick,
  children,
}: ButtonProps) {
  return (
    <button
      type={type}
      class={`button button-${kind}${small ? " button-small" : ""}`}
      aria-disabled={busy ? "true" : undefined}
      aria-label={label}
      onClick={(event) => {
        if (busy) {
          event.preventDefault();
        } else {
          onClick?.(event);
        }
      }}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps {
  icon: IconName;
  label: string;
  onClick: (event: MouseEvent) => void;
  pressed?: boolean;
  disabled?: boolean;
  class?: string;
}

export function IconButton({
  icon,
  label,
  onClick,
  pressed,
  disabled,
  class: extra = "",
}: IconButtonProps) {
  return (
    <button
      type="button"
      class={`icon-button ${extra}`}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-disabled={disabled ? "true" : undefined}
      onClick={(event) => !disabled && onClick(event)}
    >
      <Icon name={icon} />
    </button>
  );
}
