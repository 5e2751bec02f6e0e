import { telOf } from "../../core/people.ts";
import { t } from "../../core/strings.ts";
import { Icon } from "../Icon.tsx";

interface ReachProps {
  name: string; // whom it reaches, for screen readers
  email?: string | undefined;
  phone?: string | undefined;
}

/** The address and the number, each a link that begins what it says. */
export function Reach({ name, email, phone }: ReachProps) {
  return (
    <>
      {phone && (
        <a class="reach" href={telOf(phone)} title={t.profile.phoneTo(name)}>
          <Icon name="phone" />
          <span class="figures">{phone}</span>
        </a>
      )}
      {email && (
        <a class="reach" href={`mailto:${email}`} title={t.profile.mailTo(name)}>
          <Icon name="direct" />
          <span class="reach-text">{email}</span>
        </a>
      )}
    </>
  );
}
