import { t } from "../../core/strings.ts";
import { timesOf } from "../../core/time.ts";
import type { ClubEvent } from "../../core/types.ts";
import type { Seated } from "./Attendance.tsx";

const BLANK_ROWS = 10; // for who comes unannounced

/** On paper only: A4, black on white, a line to sign for each. */
export function Sheet({ event, seated }: { event: ClubEvent; seated: readonly Seated[] }) {
  const place = [event.address, event.commune].filter(Boolean).join(", ");
  const [when] = timesOf(event, { zone: event.zone, now: 0 }); // kept for years: with its year
  return (
    <div class="sheet" aria-hidden="true">
      <p class="sheet-kind">{t.attendance.sheetTitle}</p>
      <p class="sheet-title">{event.title}</p>
      <p>{when?.text}</p>
      {place && <p>{place}</p>}
      <p>{event.organiser}</p>
      <table>
        <thead>
          <tr>
            <th>{t.attendance.sheetName}</th>
            <th>{t.attendance.sheetFunction}</th>
            <th>{t.attendance.sheetSign}</th>
          </tr>
        </thead>
        <tbody>
          {seated.map(({ id, person, role }) => (
            <tr key={id}>
              <td>{person.name}</td>
              <td>{person.function ?? t.roles[role]}</td>
              <td />
            </tr>
          ))}
          {Array.from({ length: BLANK_ROWS }, (_, i) => (
            <tr key={`blank-${i}`}>
              <td />
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <p class="sheet-note">{t.attendance.sheetNote}</p>
    </div>
  );
}
